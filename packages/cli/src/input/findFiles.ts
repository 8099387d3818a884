import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CliFailure, exitCodes } from '../exitCodes';
import { CliWorld } from '../CliWorld';

/** A text to read applications from, and what to call it in messages. */
export interface Source {
  /** As the user wrote it; `-` for standard input. */
  readonly file: string;
  readonly text: string;
}

const yamlFile = /\.(?:ya?ml|json)$/;
/** A file of applications is kilobytes; beyond this somebody named the wrong file. */
const maxBytes = 10 * 1024 * 1024;

async function yamlFilesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(
        entry => !entry.name.startsWith('.') && entry.name !== 'node_modules',
      )
      .map(async entry => {
        const full = path.join(directory, entry.name);
        if (entry.isDirectory()) return yamlFilesBelow(full);
        return entry.isFile() && yamlFile.test(entry.name) ? [full] : [];
      }),
  );
  return nested.flat().sort();
}

function unreadable(file: string, cause: unknown): CliFailure {
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause
      ? String(cause.code)
      : '';
  const why =
    {
      ENOENT: 'there is no such file or directory',
      EACCES: 'you may not read it',
      EISDIR: 'it is a directory',
    }[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new CliFailure(exitCodes.problem, `${file} can not be read: ${why}.`, {
    cause,
  });
}

async function readOne(file: string, full: string): Promise<Source> {
  const { size } = await stat(full);
  if (size > maxBytes) {
    throw new CliFailure(
      exitCodes.problem,
      `${file} has ${size} bytes; a file of applications has at most ${maxBytes}. Is it the right file?`,
    );
  }
  return { file, text: await readFile(full, 'utf8') };
}

/** The texts that a FILE argument stands for: `-`, a file, or every YAML and JSON file below a directory, sorted. */
export async function findFiles(
  argument: string,
  world: CliWorld,
): Promise<readonly Source[]> {
  if (argument === '-') {
    return [{ file: '-', text: await world.stdin.read() }];
  }
  const full = path.resolve(world.cwd, argument);
  try {
    const found = await stat(full);
    if (!found.isDirectory()) return [await readOne(argument, full)];
    const files = await yamlFilesBelow(full);
    if (files.length === 0) {
      throw new CliFailure(
        exitCodes.problem,
        `${argument} holds no .yaml, .yml or .json file.`,
      );
    }
    return await Promise.all(
      files.map(file =>
        readOne(path.join(argument, path.relative(full, file)), file),
      ),
    );
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    throw unreadable(argument, error);
  }
}

/** True when an argument means a file: `-`, something that exists, or a text that looks like a path. */
export async function meansFile(
  argument: string,
  world: CliWorld,
): Promise<boolean> {
  if (argument === '-' || argument.includes('/') || yamlFile.test(argument)) {
    return true;
  }
  try {
    await stat(path.resolve(world.cwd, argument));
    return true;
  } catch {
    return false;
  }
}
