import { LogMessage, parseLogMessage } from '@understage/plugin-paas-common';
import { EndingEventSink } from '../http/eventStream';

/** Characters of one answer: more nobody reads at once, and all of it is kept until it is sent. */
const MOST_CHARACTERS = 1_000_000;

export interface CollectedLogs {
  readonly sink: EndingEventSink;
  /** Everything that was said, once all is read; the last one tells how it ended. */
  readonly messages: Promise<readonly LogMessage[]>;
  /** Resolves when there is no room for more: the reading is to be closed. */
  readonly full: Promise<void>;
}

/** Where logs go for callers who take one answer and no stream. */
export function collectLogs(most = MOST_CHARACTERS): CollectedLogs {
  const said: LogMessage[] = [];
  let left = most;
  let finish = () => {};
  let fill = () => {};
  const messages = new Promise<readonly LogMessage[]>(resolve => {
    finish = () => resolve(said);
  });
  const full = new Promise<void>(resolve => {
    fill = resolve;
  });
  const write = (text: string) => {
    const heard = [...text.matchAll(/^data: (.*)$/gm)]
      .map(([, data]) => parseLogMessage(data))
      .filter(({ type }) => type !== 'heartbeat');
    said.push(...heard);
    left -= text.length;
    if (left < 0) fill();
    // Who has no room is read nothing more for.
    return left >= 0;
  };
  const end = () => {
    const message =
      left < 0
        ? `There is more than the ${most} characters of one answer: ask for fewer lines, or for one container.`
        : 'Reading broke off, or took too long; ask again, for fewer lines or for one container.';
    said.push({ type: 'end', message });
    finish();
  };
  return { sink: { write, end, finish }, messages, full };
}
