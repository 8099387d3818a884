import { KeyboardEvent, useMemo, useRef, useState } from 'react';
import { BgProvider, Button, ButtonIcon, SearchField } from '@backstage/ui';
import DownIcon from '@material-ui/icons/KeyboardArrowDown';
import UpIcon from '@material-ui/icons/KeyboardArrowUp';
import DownloadIcon from '@material-ui/icons/GetAppOutlined';
import { CopyButton } from '../components/CopyButton';
import { HeldLine } from '../model/logRing';
import { matchingLines, textOf } from '../model/logSearch';
import { LogLines, LogLinesHandle } from './LogLines';
import { LogLooks } from './LogTools';
import styles from './logs.module.css';

/** The lines, with how many there are, search within them, copy and download. */
export function LogBlock(props: {
  lines: readonly HeldLine[];
  dropped: number;
  looks: LogLooks;
  sources: boolean;
  /** What is said instead of lines as long as there are none. */
  empty: string;
  /** Where the reading stands, in a word or two. */
  status: string;
  fileName: string;
}) {
  const { lines, dropped, looks, sources, empty, status, fileName } = props;
  const list = useRef<LogLinesHandle>(null);
  const [sought, setSought] = useState('');
  // By identity: places change when lines go at the top.
  const [current, setCurrent] = useState<number>();
  const matches = useMemo(() => matchingLines(lines, sought), [lines, sought]);
  const at = matches.findIndex(index => lines[index].id === current);
  const step = (by: number) => {
    if (matches.length === 0) return;
    const from = at < 0 && by < 0 ? 0 : at;
    const next = matches[(from + by + matches.length) % matches.length];
    setCurrent(lines[next].id);
    list.current?.show(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement;
    if (event.key !== 'Enter' || !isField) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const text = () => textOf(lines, { times: looks.times, sources });
  return (
    <div className={styles.block}>
      <BgProvider bg="neutral-1">
        <div className={styles.bar}>
          <span className={styles.count}>
            {lines.length.toLocaleString('en')}{' '}
            {lines.length === 1 ? 'line' : 'lines'}
            {dropped > 0 && `, ${dropped.toLocaleString('en')} older made room`}
            {`. ${status}`}
          </span>
          {/* Enter goes on from hit to hit, Shift and Enter back; the field itself would swallow it. */}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div className={styles.search} onKeyDownCapture={onKeyDown}>
            <SearchField
              aria-label="Search in the lines"
              placeholder="Search"
              size="small"
              value={sought}
              onChange={next => {
                setSought(next);
                setCurrent(undefined);
              }}
            />
            <span className={styles.found} role="status">
              {foundText(sought, at, matches.length)}
            </span>
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<UpIcon fontSize="inherit" />}
              aria-label="Hit before"
              isDisabled={matches.length === 0}
              onPress={() => step(-1)}
            />
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<DownIcon fontSize="inherit" />}
              aria-label="Next hit"
              isDisabled={matches.length === 0}
              onPress={() => step(1)}
            />
          </div>
          <CopyButton text={text} label="Copy the lines">
            Copy
          </CopyButton>
          <Button
            size="small"
            variant="secondary"
            iconStart={<DownloadIcon fontSize="inherit" />}
            isDisabled={lines.length === 0}
            onPress={() => download(fileName, text())}
          >
            Download
          </Button>
        </div>
      </BgProvider>
      {lines.length === 0 ? (
        <p className={styles.hint} role="status">
          {empty}
        </p>
      ) : (
        <LogLines
          ref={list}
          lines={lines}
          wrap={looks.wrap}
          times={looks.times}
          sources={sources}
          sought={sought}
          current={at < 0 ? undefined : matches[at]}
          label="Log lines"
        />
      )}
    </div>
  );
}

function foundText(sought: string, at: number, count: number): string {
  if (sought === '') return '';
  if (count === 0) return 'no hits';
  const all = count.toLocaleString('en');
  return at < 0 ? `${all} hits` : `${(at + 1).toLocaleString('en')} of ${all}`;
}

/** Hands the browser a file. */
function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
