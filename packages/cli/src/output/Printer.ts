import { plainText } from '@understage/plugin-paas-node';
import { wrapText } from './wrapText';

/** Where text goes: a stream of the process, or a test's. */
export interface Output {
  readonly isTTY: boolean;
  /** Width in characters, when it is a terminal. */
  readonly columns?: number;
  write(text: string): void;
}

/** How a piece of text is meant; the terminal's colours follow from it. */
export type Tone =
  | 'plain'
  | 'good'
  | 'warn'
  | 'bad'
  | 'quiet'
  | 'strong'
  | 'added'
  | 'removed'
  | 'changed'
  | 'accent1'
  | 'accent2'
  | 'accent3'
  | 'accent4';

/** Text with a tone. A bare string is plain. */
export type Piece = string | { readonly text: string; readonly tone: Tone };

const sgr: Readonly<Record<Tone, string>> = {
  plain: '',
  good: '32',
  warn: '33',
  bad: '31',
  quiet: '2',
  strong: '1',
  added: '32',
  removed: '31',
  changed: '33',
  accent1: '36',
  accent2: '35',
  accent3: '34',
  accent4: '32',
};

/** When to colour: `auto` is on a terminal that can, unless NO_COLOR is set. */
export type ColorChoice = 'auto' | 'always' | 'never';

/** Decides on colour by the conventions of no-color.org. */
export function wantsColor(
  choice: ColorChoice,
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  return (
    output.isTTY && (env.NO_COLOR ?? '') === '' && (env.TERM ?? '') !== 'dumb'
  );
}

/** A piece's text, without anything that a terminal would act on. */
export function pieceText(piece: Piece): string {
  return plainText(typeof piece === 'string' ? piece : piece.text);
}

/** A column of sentences below this many characters is no use. */
const narrowest = 28;

/**
 * The only way to the screen. Every text is neutralised here, whoever wrote it; colours are added afterwards, so that
 * nothing but this class can send an escape sequence.
 */
export class Printer {
  readonly #output: Output;
  readonly #color: boolean;

  constructor(output: Output, options: { readonly color: boolean }) {
    this.#output = output;
    this.#color = options.color;
  }

  get isTerminal(): boolean {
    return this.#output.isTTY;
  }

  get columns(): number {
    return this.#output.columns ?? 120;
  }

  /** One line. */
  line(...pieces: readonly Piece[]): void {
    this.#output.write(`${this.#painted(pieces)}\n`);
  }

  /** Several lines of one text, each in the tone that `toneOf` gives it. */
  block(text: string, toneOf: (line: string) => Tone = () => 'plain'): void {
    for (const line of plainText(text).replace(/\n$/, '').split('\n')) {
      this.line({ text: line, tone: toneOf(line) });
    }
  }

  /**
   * Columns as wide as their widest cell, two spaces apart. On a terminal the last one, which holds sentences, is broken
   * into lines within its column, or below its row where no room is left for it.
   */
  table(header: readonly string[], rows: readonly (readonly Piece[])[]): void {
    const widths = header.map((title, column) =>
      Math.max(title.length, ...rows.map(row => cellOf(row, column).length)),
    );
    const print = (row: readonly Piece[], tone?: Tone) => {
      const cells = row.map((piece, column) => ({
        text: cellOf(row, column).padEnd(widths[column] + 2),
        tone: tone ?? (typeof piece === 'string' ? 'plain' : piece.tone),
      }));
      const last = cells.pop();
      if (last) this.#row(cells, { ...last, text: last.text.trimEnd() });
    };
    // The title of what stands below its row has no place of its own.
    const room =
      this.columns -
      widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
    const titles =
      this.isTerminal && room < narrowest ? header.with(-1, '') : header;
    print(titles, 'quiet');
    rows.forEach(row => print(row));
  }

  /**
   * A document for another program: exact when it goes to a file or a pipe, neutralised on a terminal.
   */
  document(text: string): void {
    const exact = text.endsWith('\n') ? text : `${text}\n`;
    this.#output.write(this.isTerminal ? plainText(exact) : exact);
  }

  /** Replaces the screen, for `--watch`; without a terminal it prints below. */
  clear(): void {
    if (this.isTerminal) this.#output.write('\u001b[H\u001b[2J\u001b[3J');
  }

  #row(cells: readonly Exclude<Piece, string>[], last: Exclude<Piece, string>) {
    const start = cells.reduce((sum, { text }) => sum + text.length, 0);
    const room = this.columns - start;
    if (!this.isTerminal || last.text.length <= room) {
      this.line(...cells, last);
      return;
    }
    const below = room < narrowest;
    if (below) this.line(...cells);
    const indent = below ? 4 : start;
    wrapText(last.text, this.columns - indent).forEach((text, index) => {
      const before = index === 0 && !below ? cells : [' '.repeat(indent)];
      this.line(...before, { ...last, text });
    });
  }

  #painted(pieces: readonly Piece[]): string {
    return pieces
      .map(piece => {
        const text = pieceText(piece);
        const code = typeof piece === 'string' ? '' : sgr[piece.tone];
        return this.#color && code !== '' && text !== ''
          ? `\u001b[${code}m${text}\u001b[0m`
          : text;
      })
      .join('')
      .replace(/[ \t]+$/, '');
  }
}

/** A cell's text on one line. */
function cellOf(row: readonly Piece[], column: number): string {
  return pieceText(row[column] ?? '').replace(/\s+/g, ' ');
}
