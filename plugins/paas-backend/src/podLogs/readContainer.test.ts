import { LogLine } from '@understage/plugin-paas-common';
import { parseLogLine, readContainer } from './readContainer';

const query = {
  namespace: 'shop',
  pod: 'web-1',
  container: 'web',
  follow: false,
  previous: false,
  timestamps: true,
};

describe('a line of a log', () => {
  it.each([
    [
      '2026-11-23T04:09:05.507000001Z GET /items 200',
      { at: '2026-11-23T04:09:05.507000001Z', text: 'GET /items 200' },
    ],
    [
      '2026-11-23T04:09:05.5+01:00   indented',
      { at: '2026-11-23T04:09:05.5+01:00', text: '  indented' },
    ],
    ['2026-11-23T04:09:05.507Z', { at: '2026-11-23T04:09:05.507Z', text: '' }],
    [
      '2026-11-23T04:09:05.507Z a\rb',
      { at: '2026-11-23T04:09:05.507Z', text: 'a\rb' },
    ],
    ['unable to retrieve it', { text: 'unable to retrieve it' }],
    ['', { text: '' }],
  ])('%j', (line, expected) => {
    expect(parseLogLine(line)).toEqual(expected);
  });

  it('is cut when it has no end, and says by how much', () => {
    const { text } = parseLogLine('x'.repeat(20_000));
    expect(text).toHaveLength(16_384 + ' ... (3616 characters more)'.length);
    expect(text).toMatch(/x \.\.\. \(3616 characters more\)$/);
  });
});

describe('reading a container', () => {
  async function* lines(count: number, onTaken: (n: number) => void) {
    for (let n = 1; n <= count; n += 1) {
      onTaken(n);
      yield `line ${n}`;
    }
  }
  const read = async (
    count: number,
    deliver: (lines: readonly LogLine[]) => Promise<void>,
    onTaken: (n: number) => void = () => {},
  ) =>
    readContainer({
      logs: { lines: () => lines(count, onTaken) },
      query,
      deliver,
      defer: setImmediate,
    });

  it('delivers what came together in one piece, in order, to the last line', async () => {
    const pieces: number[] = [];
    const all: string[] = [];
    await read(1_203, async piece => {
      pieces.push(piece.length);
      all.push(...piece.map(({ text }) => text));
    });
    expect(pieces).toEqual([500, 500, 203]);
    expect(all).toHaveLength(1_203);
    expect(all.at(-1)).toBe('line 1203');
  });

  it('takes nothing more from the cluster while the reader is behind', async () => {
    let taken = 0;
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const reading = read(
      10_000,
      () => held,
      n => {
        taken = n;
      },
    );
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(taken).toBeLessThanOrEqual(501);
    release();
    await reading;
    expect(taken).toBe(10_000);
  });

  it('delivers a line that stands alone without waiting for the next', async () => {
    let next = () => {};
    const delivered: string[] = [];
    async function* slow() {
      yield 'first';
      await new Promise<void>(resolve => {
        next = resolve;
      });
      yield 'second';
    }
    const reading = readContainer({
      logs: { lines: slow },
      query,
      deliver: async piece => {
        delivered.push(...piece.map(({ text }) => text));
      },
      defer: setImmediate,
    });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(delivered).toEqual(['first']);
    next();
    await reading;
    expect(delivered).toEqual(['first', 'second']);
  });
});
