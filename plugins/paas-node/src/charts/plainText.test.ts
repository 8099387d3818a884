import { plainLine, plainText } from './plainText';

describe('plainText', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['eight-bit colours', '\u009b31mred', 'red'],
    ['a window title', '\u001b]0;owned\u0007name', 'name'],
    ['a link', '\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a clipboard write', 'a\u001b]52;c;aGk=\u0007b', 'ab'],
    ['a screen reset', '\u001bcgone', 'gone'],
    ['cursor movement', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
    ['an unfinished sequence', 'a\u001b[', 'a'],
    ['a lone carriage return', 'bad\rgood', 'badgood'],
    ['backspaces', 'ab\b\bcd', 'abcd'],
    ['reordering marks', 'a\u202egnp.exe', 'agnp.exe'],
  ])('takes out %s', (_what, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('keeps lines, tabs and letters of any script', () => {
    expect(plainText('eins\r\n\tzwei 三 é')).toBe('eins\n\tzwei 三 é');
  });
});

describe('plainLine', () => {
  it('joins lines and cuts what is too long', () => {
    expect(plainLine('  a\n  b\t c ')).toBe('a b c');
    expect(plainLine('abcdefghij', 8)).toBe('abcde...');
  });
});
