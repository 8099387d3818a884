import { useState } from 'react';
import { Button, ButtonIcon } from '@backstage/ui';
import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useClock } from '../live/clock';
import styles from './code.module.css';

type CopyState = 'idle' | 'copied' | 'failed';

const SHOWN_FOR = 2_000;

/** Copies `text` in one click and says so. With `children` it is a button with words, else an icon named `label`. */
export function CopyButton(props: {
  /** As a function when it is long, and changes more often than it is copied. */
  text: string | (() => string);
  label: string;
  children?: string;
}) {
  const clock = useClock();
  const [state, setState] = useState<CopyState>('idle');
  const copy = async () => {
    const { text } = props;
    try {
      await navigator.clipboard.writeText(
        typeof text === 'string' ? text : text(),
      );
      setState('copied');
    } catch {
      // Pages that are not served over https have no clipboard.
      setState('failed');
    }
    clock.setTimer(() => setState('idle'), SHOWN_FOR);
  };
  const done = state === 'copied';
  const icon = done ? (
    <CheckIcon fontSize="inherit" />
  ) : (
    <CopyIcon fontSize="inherit" />
  );
  const said = {
    idle: '',
    copied: 'Copied.',
    failed: 'Copying was not possible: select the text and copy it.',
  }[state];
  return (
    <span className={styles.copy}>
      {props.children ? (
        <Button
          size="small"
          variant="secondary"
          iconStart={icon}
          onPress={copy}
          aria-label={props.label}
        >
          {done ? 'Copied' : props.children}
        </Button>
      ) : (
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={icon}
          onPress={copy}
          aria-label={props.label}
        />
      )}
      <LiveRegion>{said}</LiveRegion>
    </span>
  );
}

/** Text that is spoken when it changes and never seen. */
export function LiveRegion(props: { children: string }) {
  return (
    <span
      role="status"
      style={{
        position: 'absolute',
        width: 1,
        height: 1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
        whiteSpace: 'nowrap',
      }}
    >
      {props.children}
    </span>
  );
}
