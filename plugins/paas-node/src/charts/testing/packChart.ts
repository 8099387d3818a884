import { gzipSync } from 'node:zlib';
import { Header, ReadEntry } from 'tar';

/** One entry of an archive, honest or not. */
export interface PackedEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  /** The letter of its type in the header, also one that no packer knows. */
  readonly letter?: string;
  readonly type?: ReadEntry['type'];
  readonly linkpath?: string;
}

const block = 512;

/** The type stands at byte 156; the sum over the header, in octal, at 148, counted as blanks. */
function setLetter(header: Buffer, letter: string): void {
  header.write(letter, 156, 1, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
}

/** A record of an extended header: its length, with itself, stands in front. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const digits = String(rest.length + 2).length;
  return `${rest.length + digits}${rest}`;
}

/**
 * Ways to put a file into a chart `x` so that it has another name, or is not there at all, for some readers of tar: each
 * was seen to make helm 4 read a `values.schema.json` that others did not see.
 */
export function hiddenSchemas(
  schema: string,
): readonly (readonly [string, readonly PackedEntry[]])[] {
  const nested = packChart('sub', '1.0.0', { 'values.schema.json': schema });
  return [
    [
      'behind a backslash',
      [{ path: 'x\\values.schema.json', content: schema }],
    ],
    [
      'in a chart within the chart',
      [{ path: 'x/charts/sub-1.0.0.tgz', content: nested }],
    ],
    [
      'under two names',
      [
        { path: 'l', content: 'x/values.schema.json\0', letter: 'L' },
        { path: 'p', content: paxRecord('path', 'x/harmless'), letter: 'x' },
        { path: 'x/raw', content: schema },
      ],
    ],
    [
      'under a type that nobody knows',
      [{ path: 'x/values.schema.json', content: schema, letter: 'Z' }],
    ],
    [
      'as a directory',
      [{ path: 'x/values.schema.json/', content: schema, letter: '0' }],
    ],
  ];
}

/** A gzipped tar with exactly these entries, also such as no packer would write. */
export function packEntries(entries: readonly PackedEntry[]): Buffer {
  const parts = entries.flatMap(entry => {
    const { content = '' } = entry;
    const body = typeof content === 'string' ? Buffer.from(content) : content;
    const header = Buffer.alloc(block);
    new Header({
      path: entry.path,
      mode: 0o644,
      size: body.length,
      type: entry.type ?? 'File',
      linkpath: entry.linkpath,
      mtime: new Date(0),
    }).encode(header, 0);
    if (entry.letter !== undefined) setLetter(header, entry.letter);
    const padding = Buffer.alloc((block - (body.length % block)) % block);
    return [header, body, padding];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]));
}

/** A chart's archive: `files` are paths below the chart's directory; Chart.yaml is written unless given. */
export function packChart(
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
): Buffer {
  const all = {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
    ...files,
  };
  return packEntries(
    Object.entries(all).map(([path, content]) => ({
      path: `${name}/${path}`,
      content,
    })),
  );
}
