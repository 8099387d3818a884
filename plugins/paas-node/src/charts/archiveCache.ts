import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ChartProblem } from './ChartProblem';

/** A chart archive on disk, whose name is the SHA-256 of its content. */
export interface CachedArchive {
  readonly file: string;
  /** Hex, without prefix. */
  readonly sha256: string;
}

async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/**
 * Chart archives by content. An archive is stored under its hash, written aside and renamed, so that a crash leaves no
 * half file under a good name, and any number of processes may share the directory.
 */
export class ArchiveCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The archive of that hash, if it is there and still what its name says. */
  async find(sha256: string): Promise<CachedArchive | undefined> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    const file = path.join(this.#directory, `${sha256}.tgz`);
    const found = await hashOf(file);
    if (found === sha256) return { file, sha256 };
    if (found !== undefined) await rm(file, { force: true });
    return undefined;
  }

  /** Stores an archive. With `expected`, content of another hash is refused with `ChartFailed`. */
  async store(
    content: Buffer,
    options: { readonly source: string; readonly expected?: string },
  ): Promise<CachedArchive> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (options.expected !== undefined && options.expected !== sha256) {
      throw new ChartProblem(
        'ChartFailed',
        `The archive at ${options.source} is not the one that its repository names: sha256 is ${sha256}, and it should be ${options.expected}. It was replaced or damaged; the platform team has to look at the repository.`,
      );
    }
    await mkdir(this.#directory, { recursive: true });
    const file = path.join(this.#directory, `${sha256}.tgz`);
    const aside = path.join(this.#directory, `.${sha256}.${randomUUID()}`);
    await writeFile(aside, content);
    await rename(aside, file);
    return { file, sha256 };
  }
}
