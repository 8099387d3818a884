import { gzipSync } from 'node:zlib';
import { Header, ReadEntry } from 'tar';

/** One entry of an archive, honest or not. */
export interface PackedEntry {
  readonly path: string;
  readonly content?: string;
  readonly type?: ReadEntry['type'];
  readonly linkpath?: string;
}

const block = 512;

/** A gzipped tar with exactly these entries, also such as no packer would write. */
export function packEntries(entries: readonly PackedEntry[]): Buffer {
  const parts = entries.flatMap(entry => {
    const body = Buffer.from(entry.content ?? '');
    const header = Buffer.alloc(block);
    new Header({
      path: entry.path,
      mode: 0o644,
      size: body.length,
      type: entry.type ?? 'File',
      linkpath: entry.linkpath,
      mtime: new Date(0),
    }).encode(header, 0);
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
