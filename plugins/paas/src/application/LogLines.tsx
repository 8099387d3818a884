import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Button } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { HeldLine } from '../model/logRing';
import { levelOf, piecesOf } from '../model/logSearch';
import styles from './logs.module.css';

const LINE_HEIGHT = 20;
/** So near to the end counts as at the end. */
const NEAR = 30;

export interface LogLinesHandle {
  /** Brings a line into sight, by its place in the list. */
  show(index: number): void;
}

/**
 * Thousands of lines of which those in sight are drawn. At the end it stays at the end; elsewhere the lines in sight
 * stay where they are, whatever comes below and goes above.
 */
export const LogLines = forwardRef<
  LogLinesHandle,
  {
    lines: readonly HeldLine[];
    wrap: boolean;
    times: boolean;
    /** Lines of several containers are told apart. */
    sources: boolean;
    sought: string;
    /** The line that the search stands at. */
    current?: number;
    label: string;
  }
>((props, handle) => {
  const { lines, wrap, times, sources, sought, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: index => lines[index].id,
    overscan: 20,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR,
  });
  const toEnd = () => virtualizer.scrollToEnd();
  useLayoutEffect(() => {
    virtualizer.measure();
    if (atEnd) toEnd();
    // The list begins at its end, and stays there when its lines become higher.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wrap, times, sources]);
  useImperativeHandle(handle, () => ({
    show: index => {
      setAtEnd(false);
      virtualizer.scrollToIndex(index, { align: 'center' });
    },
  }));
  const newest = lines.at(-1)?.id ?? 0;
  const seen = useRef(newest);
  useEffect(() => {
    if (atEnd) seen.current = newest;
  }, [atEnd, newest]);
  const newer = atEnd ? 0 : newest - seen.current;

  return (
    <>
      <div
        ref={box}
        role="region"
        aria-label={label}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={`${styles.lines} ${wrap ? styles.wrapped : ''}`}
        onScroll={({ currentTarget: element }) => {
          const below =
            element.scrollHeight - element.scrollTop - element.clientHeight;
          setAtEnd(below <= NEAR);
        }}
      >
        <div
          className={styles.canvas}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(item => (
            <Line
              key={item.key}
              line={lines[item.index]}
              index={item.index}
              start={item.start}
              measure={wrap ? virtualizer.measureElement : undefined}
              times={times}
              sources={sources}
              sought={sought}
              isCurrent={item.index === props.current}
            />
          ))}
        </div>
      </div>
      {!atEnd && lines.length > 0 && (
        <div className={styles.newer}>
          <Button size="small" variant="primary" onPress={toEnd}>
            {newer > 0 ? `${newer} newer, to the end` : 'To the end'}
          </Button>
        </div>
      )}
    </>
  );
});

function Line(props: {
  line: HeldLine;
  index: number;
  start: number;
  measure?: (element: HTMLElement | null) => void;
  times: boolean;
  sources: boolean;
  sought: string;
  isCurrent: boolean;
}) {
  const { line, index, start, measure, times, sources, sought } = props;
  const level = levelOf(line.text);
  const classes = [
    styles.line,
    level === 'plain' ? '' : styles[level],
    props.isCurrent ? styles.current : '',
  ];
  return (
    <div
      ref={measure}
      data-index={index}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${start}px)` }}
    >
      {times && (
        <time className={styles.time} dateTime={line.at} title={line.at}>
          {line.at ? clockTime(line.at) : ''}
        </time>
      )}
      {sources && (
        <span className={styles.source}>
          {line.pod} {line.container}
        </span>
      )}
      <span className={styles.text} dir="ltr">
        {piecesOf(line.text, sought).map(({ text, found }, at) =>
          // Pieces have no identity but their place.
          // eslint-disable-next-line react/no-array-index-key
          found ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
        )}
      </span>
    </div>
  );
}

/** The time of day in the viewer's zone, to the millisecond. */
function clockTime(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  const clock = parts.map(part => String(part).padStart(2, '0')).join(':');
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
