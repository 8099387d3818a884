import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { listWorkspaces, repositoryRoot } from './workspaces';

const folder = path.join(repositoryRoot, '.changeset');
const { ignore }: { readonly ignore: readonly string[] } = JSON.parse(
  fs.readFileSync(path.join(folder, 'config.json'), 'utf8'),
);
const names = listWorkspaces(repositoryRoot).map(({ name }) => name);
const files = fs.readdirSync(folder).filter(file => file.endsWith('.md'));

describe('changesets', () => {
  it('leave out packages of this repository only', () => {
    expect(ignore.filter(name => !names.includes(name))).toEqual([]);
  });

  it.each(files)('%s is about packages that are released', file => {
    const [, header] = fs
      .readFileSync(path.join(folder, file), 'utf8')
      .split('---\n');
    const about = Object.keys(parse(header));
    const released = names.filter(name => !ignore.includes(name));
    expect(about.filter(name => !released.includes(name))).toEqual([]);
    expect(about).not.toEqual([]);
  });
});
