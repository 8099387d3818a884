import { levelOf, matchingLines, piecesOf, textOf } from './logSearch';

const line = (id: number, text: string) => ({
  id,
  pod: 'web-1',
  container: 'web',
  at: `2026-11-23T04:00:0${id}Z`,
  text,
});

describe('searching in lines', () => {
  it.each([
    ['GET /items', 'items', ['GET /', '*items']],
    ['GET /items', 'ITEMS', ['GET /', '*items']],
    ['aXbXc', 'x', ['a', '*X', 'b', '*X', 'c']],
    ['aaa', 'aa', ['*aa', 'a']],
    ['(.*)', '.*', ['(', '*.*', ')']],
    ['nothing', 'x', ['nothing']],
    ['all', '', ['all']],
    ['', 'x', []],
    ['\u0130stanbul x', 'x', ['\u0130stanbul x']],
  ])('cuts %j at %j', (text, sought, expected) => {
    const pieces = piecesOf(text, sought);
    expect(
      pieces.map(piece => `${piece.found ? '*' : ''}${piece.text}`),
    ).toEqual(expected);
    expect(pieces.map(piece => piece.text).join('')).toBe(text);
  });

  it('finds the lines that hold it', () => {
    const lines = [line(1, 'one'), line(2, 'TWO'), line(3, 'twofold')];
    expect(matchingLines(lines, 'two')).toEqual([1, 2]);
    expect(matchingLines(lines, '')).toEqual([]);
  });
});

describe('how loud a line is', () => {
  it.each([
    ['2026 ERROR no store', 'negative'],
    ['level=fatal msg="x"', 'negative'],
    ['{"level":"warn"}', 'warning'],
    ['WARNING slow', 'warning'],
    ['terror and warnings of a story', 'plain'],
    ['GET /items 200', 'plain'],
    [`${'x'.repeat(300)} ERROR`, 'plain'],
  ])('%j', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });
});

describe('lines as a text', () => {
  const lines = [line(1, 'one'), line(2, 'two')];

  it.each([
    [{ times: false, sources: false }, 'one\ntwo\n'],
    [
      { times: true, sources: true },
      '2026-11-23T04:00:01Z web-1 web one\n2026-11-23T04:00:02Z web-1 web two\n',
    ],
  ])('%j', (options, expected) => {
    expect(textOf(lines, options)).toBe(expected);
  });
});
