import { LogRing, printable } from './logRing';

const a = { pod: 'web-1', container: 'web' };
const b = { pod: 'web-2', container: 'web' };
const at = (second: number, text = `line ${second}`) => ({
  at: `2026-11-23T04:00:0${second}.000000000Z`,
  text,
});
const texts = (ring: LogRing) => ring.lines.map(({ text }) => text);

describe('the lines that are held', () => {
  it('stand in the order of their times, whichever container they came from', () => {
    const ring = new LogRing();
    ring.append(a, [at(1), at(3), at(5)]);
    ring.append(b, [at(2), at(4)]);
    expect(texts(ring)).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 5',
    ]);
    expect(ring.lines[1].pod).toBe('web-2');
  });

  it('are not held twice when they come again after an interruption', () => {
    const ring = new LogRing();
    ring.append(a, [at(1), at(2)]);
    expect(ring.append(a, [at(1), at(2)])).toBe(false);
    expect(ring.append(a, [at(1), at(2), at(3)])).toBe(true);
    ring.append(b, [at(1, 'of another')]);
    expect(texts(ring)).toEqual(['line 1', 'of another', 'line 2', 'line 3']);
  });

  it('are all held when they were written at one moment', () => {
    const ring = new LogRing();
    ring.append(a, [at(1, 'one'), at(1, 'two')]);
    expect(texts(ring)).toEqual(['one', 'two']);
  });

  it('stay where they came when they say no time', () => {
    const ring = new LogRing();
    ring.append(a, [{ text: 'unable to read' }]);
    ring.append(a, [at(1)]);
    expect(texts(ring)).toEqual(['unable to read', 'line 1']);
  });

  it('make room for newer ones, by number and by size, and are counted', () => {
    const ring = new LogRing({ lines: 3, characters: 100 });
    ring.append(a, [at(1), at(2), at(3), at(4)]);
    expect(texts(ring)).toEqual(['line 2', 'line 3', 'line 4']);
    expect(ring.dropped).toBe(1);
    ring.append(a, [at(5, 'x'.repeat(95))]);
    expect(texts(ring)).toEqual(['x'.repeat(95)]);
    expect(ring.dropped).toBe(4);
  });

  it('hold one line even when it is longer than everything', () => {
    const ring = new LogRing({ lines: 3, characters: 10 });
    ring.append(a, [at(1, 'x'.repeat(50))]);
    expect(ring.lines).toHaveLength(1);
  });

  it('keep their number, whatever goes before them', () => {
    const ring = new LogRing({ lines: 2, characters: 100 });
    ring.append(a, [at(1), at(2)]);
    const [, second] = ring.lines;
    ring.append(a, [at(3)]);
    expect(ring.lines[0]).toBe(second);
  });

  it('take in ten thousand at once quickly', () => {
    const ring = new LogRing();
    const lines = Array.from({ length: 30_000 }, (_, n) => ({
      at: `2026-11-23T04:00:00.${String(n).padStart(9, '0')}Z`,
      text: `line ${n}`,
    }));
    for (let from = 0; from < lines.length; from += 500) {
      ring.append(a, lines.slice(from, from + 500));
    }
    expect(ring.lines).toHaveLength(10_000);
    expect(ring.dropped).toBe(20_000);
  });
});

describe('what is shown of a line', () => {
  it.each([
    ['\u001b[31mred\u001b[0m and \u001b[1;32mgreen\u001b[0m', 'red and green'],
    ['tabs\tstay', 'tabs\tstay'],
    ['bell\u0007 and \u0000null', 'bell and null'],
    ['turned \u202eround', 'turned round'],
    ['progress 1%\rprogress 2%', 'progress 1%progress 2%'],
    ['plain', 'plain'],
  ])('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});
