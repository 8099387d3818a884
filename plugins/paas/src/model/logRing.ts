import { LogLine, LogSource } from '@understage/plugin-paas-common';

/** A line that is held, with a number of its own that it keeps. */
export interface HeldLine extends LogSource {
  readonly id: number;
  readonly at?: string;
  readonly text: string;
}

/** What is held at most: older lines make room. */
export interface RingLimits {
  readonly lines: number;
  readonly characters: number;
}

const defaultLimits: RingLimits = { lines: 10_000, characters: 8_000_000 };

// Escape sequences of terminals, and what else is no text: a log may hold any bytes, and some of them move the reader's eye.
const unprintable =
  // eslint-disable-next-line no-control-regex
  /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A line as it may be shown: without colours of terminals and without letters that can not be seen. */
export function printable(text: string): string {
  return text.replace(unprintable, '');
}

/**
 * The last lines of some containers, in the order of their times. Lines that come again after an interruption are
 * known by their time and not held twice.
 */
export class LogRing {
  private held: HeldLine[] = [];
  private characters = 0;
  private nextId = 1;
  /** Time of the newest line, by container. */
  private readonly newest = new Map<string, string>();
  /** Lines that had to make room. */
  dropped = 0;

  constructor(private readonly limits: RingLimits = defaultLimits) {}

  get lines(): readonly HeldLine[] {
    return this.held;
  }

  /** Takes in lines of one container, oldest first. Answers whether there was anything new. */
  append(source: LogSource, lines: readonly LogLine[]): boolean {
    const { pod, container } = source;
    const key = `${pod} ${container}`;
    const known = this.newest.get(key);
    const fresh = lines.filter(
      ({ at }) => known === undefined || at === undefined || at > known,
    );
    if (fresh.length === 0) return false;
    const before = this.held.at(-1)?.at;
    const added = fresh.map(({ at, text }) => ({
      id: this.nextId++,
      pod,
      container,
      ...(at === undefined ? {} : { at }),
      text: printable(text),
    }));
    const last = added.findLast(({ at }) => at !== undefined)?.at;
    if (last !== undefined) this.newest.set(key, last);
    this.held = [...this.held, ...added];
    const first = added[0].at;
    const isLate =
      before !== undefined && first !== undefined && first < before;
    // Times are of one form and zone: as texts they stand in the order of time. Equal ones stay as they came.
    if (isLate) this.held.sort(byTime);
    for (const { text } of added) this.characters += text.length;
    this.makeRoom();
    return true;
  }

  private makeRoom() {
    let count = Math.max(0, this.held.length - this.limits.lines);
    for (let at = 0; at < count; at += 1) {
      this.characters -= this.held[at].text.length;
    }
    while (
      this.characters > this.limits.characters &&
      count < this.held.length - 1
    ) {
      this.characters -= this.held[count].text.length;
      count += 1;
    }
    if (count === 0) return;
    this.dropped += count;
    this.held = this.held.slice(count);
  }
}

function byTime(left: HeldLine, right: HeldLine): number {
  if (left.at === undefined || right.at === undefined) return 0;
  if (left.at === right.at) return left.id - right.id;
  return left.at < right.at ? -1 : 1;
}
