import { PodLogQuery, PodLogReader } from '@understage/kube';
import { LogLine } from '@understage/plugin-paas-common';

/** Longer lines are cut: a page has no use for them, and a container may write without ever breaking a line. */
const LONGEST_LINE = 16 * 1024;
/** Characters and lines that go out together. */
const BATCH = { characters: 64 * 1024, lines: 500 };

const stamped = /^(\d{4}-\d{2}-\d{2}T\S{9,30}) ?(.*)$/s;

/** A line as the API server writes it with `timestamps`: when, a space, the text. */
export function parseLogLine(line: string): LogLine {
  const [, at, text = ''] = stamped.exec(line) ?? [];
  return at === undefined
    ? { text: shortened(line) }
    : { at, text: shortened(text) };
}

function shortened(text: string): string {
  return text.length <= LONGEST_LINE
    ? text
    : `${text.slice(0, LONGEST_LINE)} ... (${
        text.length - LONGEST_LINE
      } characters more)`;
}

export interface ContainerReading {
  readonly logs: PodLogReader;
  readonly query: PodLogQuery;
  /** Takes lines; nothing more is read before it resolves. */
  readonly deliver: (lines: readonly LogLine[]) => Promise<void>;
  /** Runs a callback when what has arrived together was looked at: `setImmediate`. */
  readonly defer: (callback: () => void) => void;
}

/** Reads the log of one container to its end, or until aborted. Lines that arrive together are delivered together. */
export async function readContainer(reading: ContainerReading): Promise<void> {
  const { logs, query, deliver, defer } = reading;
  let batch: LogLine[] = [];
  let characters = 0;
  let delivery: Promise<void> = Promise.resolve();
  const flush = () => {
    if (batch.length === 0) return;
    const lines = batch;
    batch = [];
    characters = 0;
    delivery = delivery.then(() => deliver(lines));
  };
  for await (const line of logs.lines(query)) {
    if (batch.length === 0) defer(flush);
    const parsed = parseLogLine(line);
    batch.push(parsed);
    characters += parsed.text.length;
    if (characters < BATCH.characters && batch.length < BATCH.lines) continue;
    flush();
    await delivery;
  }
  flush();
  await delivery;
}
