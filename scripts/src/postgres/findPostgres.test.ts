import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPostgres } from './findPostgres';

const nothing = () => {
  throw new Error('no such package');
};

describe('looking for a PostgreSQL', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-find-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  function install(...folders: readonly string[]): string {
    const bin = path.join(root, ...folders);
    fs.mkdirSync(bin, { recursive: true });
    for (const program of ['initdb', 'postgres']) {
      fs.writeFileSync(path.join(bin, program), '');
    }
    return bin;
  }

  it('takes the one of our dependencies first, which can be moved', () => {
    const searchPath = install('usr', 'bin');
    install('package', 'native', 'bin');
    const resolve = () => path.join(root, 'package', 'dist', 'index.js');
    expect(findPostgres({ resolve, searchPath, versions: root })).toEqual({
      movable: path.join(root, 'package', 'native'),
      initdb: path.join(root, 'package', 'native', 'bin', 'initdb'),
      postgres: path.join(root, 'package', 'native', 'bin', 'postgres'),
    });
  });

  it('takes one on PATH where there is no such dependency', () => {
    const searchPath = `/nowhere:${install('usr', 'bin')}`;
    const found = findPostgres({ resolve: nothing, searchPath, versions: '' });
    expect(found?.initdb).toBe(path.join(root, 'usr', 'bin', 'initdb'));
    expect(found?.movable).toBeUndefined();
  });

  it('takes the newest of those that Debian keeps aside', () => {
    install('9', 'bin');
    const newest = install('15', 'bin');
    const options = { resolve: nothing, searchPath: '', versions: root };
    expect(findPostgres(options)?.postgres).toBe(path.join(newest, 'postgres'));
  });

  it('finds none where there is none', () => {
    const options = { resolve: nothing, searchPath: root, versions: root };
    expect(findPostgres(options)).toBeUndefined();
  });
});
