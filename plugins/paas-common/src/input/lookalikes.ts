const cyrillic = ['АВЕКМНОРСТУХаеорсухіѕјԁԛԝһ', 'ABEKMHOPCTYXaeopcyxisjdqwh'];
const greek = ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναικυρ', 'ABEZHIKMNOPTYXovaikup'];
const dashes = ['‐‑‒–—―−', '-------'];
const quotes = ['“”„‟″‘’‚‛′', '"""""\'\'\'\'\''];

/** Letters of other scripts that are drawn like an ASCII letter, most often met by copying from a chat or a document. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  [cyrillic, greek, dashes, quotes].flatMap(([letters, ascii]) =>
    Array.from(letters, (letter, index): [string, string] => [
      letter,
      ascii[index],
    ]),
  ),
);

const invisible = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;

/** The text with letters that only look like ASCII replaced by the ASCII they look like, and invisible ones left out. */
export function foldLookalikes(text: string): string {
  return Array.from(
    text.replace(invisible, '').normalize('NFKC'),
    letter => lookalikes.get(letter) ?? letter,
  ).join('');
}

function codePoint(letter: string): string {
  const hex = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${hex.padStart(4, '0')}`;
}

/**
 * A sentence about the first character that is not printable ASCII, for names that have to be: what it is, and what it
 * looks like. `undefined` when there is none.
 */
export function explainForeignLetter(text: string): string | undefined {
  const letter = Array.from(text).find(each => !/[\x20-\x7e]/.test(each));
  if (letter === undefined) return undefined;
  const ascii = foldLookalikes(letter);
  if (ascii === '' || /\p{C}/u.test(letter)) {
    return `It holds an invisible character (${codePoint(letter)}).`;
  }
  if (ascii === ' ') return `It holds a special space (${codePoint(letter)}).`;
  return /^[\x21-\x7e]+$/.test(ascii)
    ? `Its "${letter}" (${codePoint(letter)}) only looks like "${ascii}".`
    : `It holds "${letter}" (${codePoint(letter)}).`;
}
