import * as fc from 'fast-check';
import { readLines } from './readLines';

async function* streamOf(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

async function collect(
  chunks: readonly (string | Uint8Array)[],
  maxLine?: number,
): Promise<string[]> {
  const lines: string[] = [];
  const stream = streamOf(chunks.map(chunk => Buffer.from(chunk)));
  for await (const line of readLines(stream, maxLine)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('gives the same lines wherever the stream is cut', async () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter(text => !text.includes('\n'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.array(fc.nat(200)),
        async (lines, cuts) => {
          const bytes = Buffer.from(lines.map(text => `${text}\n`).join(''));
          const places = [...cuts, 0, bytes.length]
            .map(cut => Math.min(cut, bytes.length))
            .sort((a, b) => a - b);
          const pieces = places
            .slice(1)
            .map((end, index) => bytes.subarray(places[index], end));
          expect(await collect(pieces)).toEqual(lines);
        },
      ),
    );
  });

  it('leaves empty lines out', async () => {
    expect(await collect(['\n\na\n\n', '\nb\n'])).toEqual(['a', 'b']);
    expect(await collect([])).toEqual([]);
  });

  it('hands lines over before it looks at the next chunk', async () => {
    const order: string[] = [];
    async function* chunks() {
      order.push('chunk 1');
      yield Buffer.from('a\nb\n');
      order.push('chunk 2');
      yield Buffer.from('c\n');
    }
    for await (const line of readLines(chunks())) order.push(line);
    expect(order).toEqual(['chunk 1', 'a', 'b', 'chunk 2', 'c']);
  });

  it('refuses a line without an end before it fills the memory', async () => {
    await expect(collect(['12345', '67890', '12345\n'], 9)).rejects.toThrow(
      'a line of the stream is longer than 9 bytes',
    );
  });

  it('refuses half a line at the end, not mere space', async () => {
    await expect(collect(['a\n', 'b'])).rejects.toThrow('middle of a line');
    expect(await collect(['a\n', ' '])).toEqual(['a']);
  });

  it('refuses half a letter', async () => {
    await expect(collect([Buffer.from([0xc3, 0x0a])])).rejects.toThrow(
      'no text',
    );
  });
});
