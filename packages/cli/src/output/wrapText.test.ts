import { wrapText } from './wrapText';

describe('wrapText', () => {
  it.each([
    ['', 10, ['']],
    ['one', 10, ['one']],
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 8, ['one two', 'three']],
    [
      'pull registry.example.com/x:1 again',
      10,
      ['pull', 'registry.example.com/x:1', 'again'],
    ],
  ])('%j in %d characters is %j', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });
});
