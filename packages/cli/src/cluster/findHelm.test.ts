import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findHelm } from './findHelm';

describe('findHelm', () => {
  let home: string;
  const program = async (...parts: string[]) => {
    const file = path.join(home, ...parts);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
    return file;
  };
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'paas-helm-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('takes the one that is named', () => {
    expect(findHelm({ UNDERSTAGE_HELM: '/opt/helm' })).toBe('/opt/helm');
  });

  it('finds the one on the PATH before the one that npm start built', async () => {
    await program('.cache', 'understage', 'bin', 'helm-1', 'helm');
    const onPath = await program('bin', 'helm');
    expect(findHelm({ HOME: home, PATH: path.dirname(onPath) })).toBe(onPath);
  });

  it('finds the one that npm start built', async () => {
    const built = await program(
      '.cache',
      'understage',
      'bin',
      'helm-1',
      'helm',
    );
    expect(findHelm({ HOME: home, PATH: '/nowhere' })).toBe(built);
    const elsewhere = { XDG_CACHE_HOME: path.join(home, '.cache') };
    expect(findHelm(elsewhere)).toBe(built);
  });

  it('says when there is none', () => {
    expect(findHelm({ HOME: home })).toBeUndefined();
  });
});
