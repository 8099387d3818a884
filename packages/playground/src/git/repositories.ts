import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isName, isTreePath, revisionOf } from './names';
import { runGit } from './runGit';

/** Names one repository, as its address does. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** The bare repositories of a folder. Names and paths that are none answer like those that are not there. */
export class Repositories {
  constructor(readonly directory: string) {}

  /** Its folder; `undefined` when there is none. */
  find({ owner, name }: RepositoryName): string | undefined {
    if (!isName(owner) || !isName(name)) return undefined;
    const folder = this.folder(owner, name);
    return existsSync(join(folder, 'HEAD')) ? folder : undefined;
  }

  /** Makes an empty one. One that is still empty counts as just made: whoever was interrupted goes on. */
  async create({
    owner,
    name,
  }: RepositoryName): Promise<'created' | 'refused' | 'taken'> {
    if (!isName(owner) || !isName(name)) return 'refused';
    const there = this.find({ owner, name });
    if (there) return (await isEmpty(there)) ? 'created' : 'taken';
    const folder = this.folder(owner, name);
    await mkdir(folder, { recursive: true });
    const made = await runGit(folder, [
      'init',
      '--bare',
      '--quiet',
      '--template=',
      '--initial-branch=main',
    ]);
    if (!made) throw new Error(`git could not make a repository in ${folder}.`);
    return 'created';
  }

  /** The commit that a branch stands at. */
  async commit(
    repository: RepositoryName,
    branch: string,
  ): Promise<string | undefined> {
    const folder = this.find(repository);
    const revision = revisionOf(branch);
    if (!folder || !revision) return undefined;
    const found = await runGit(folder, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ]);
    return found?.toString('utf8').trim();
  }

  /** A file of a branch. */
  async file(
    repository: RepositoryName,
    branch: string,
    path: string,
  ): Promise<Buffer | undefined> {
    const object = await this.object(repository, branch, path);
    return object && runGit(object.folder, ['cat-file', 'blob', object.name]);
  }

  /** Names in a folder of a branch, one a line; the root has no path. */
  async list(
    repository: RepositoryName,
    branch: string,
    path: string,
  ): Promise<Buffer | undefined> {
    const object = await this.object(repository, branch, path);
    if (!object) return undefined;
    return runGit(object.folder, ['ls-tree', '--name-only', object.name]);
  }

  /** A branch as an archive, everything in a folder of the repository's name. */
  async archive(
    repository: RepositoryName,
    branch: string,
  ): Promise<Buffer | undefined> {
    const folder = this.find(repository);
    const commit = await this.commit(repository, branch);
    if (!folder || !commit) return undefined;
    const prefix = `--prefix=${repository.name}/`;
    return runGit(folder, ['archive', '--format=tar.gz', prefix, commit]);
  }

  private async object(
    repository: RepositoryName,
    branch: string,
    path: string,
  ) {
    const folder = this.find(repository);
    const commit = await this.commit(repository, branch);
    if (!folder || !commit || !(path === '' || isTreePath(path))) {
      return undefined;
    }
    return { folder, name: `${commit}:${path}` };
  }

  private folder(owner: string, name: string): string {
    return join(this.directory, owner, `${name}.git`);
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  const references = await runGit(folder, ['for-each-ref', '--count=1']);
  return references?.length === 0;
}
