import { InputError } from '@backstage/errors';
import {
  isChildPath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import fs from 'node:fs/promises';

const LARGEST_BYTES = 1_048_576;

/**
 * A file of the run's workspace as text. Only a plain file in it: what a link points to was not written by the template,
 * and a device has no end.
 */
export async function readWorkspaceFile(
  workspace: string,
  file: string,
): Promise<string> {
  const target = resolveSafeChildPath(workspace, file);
  const stat = await fs.lstat(target).catch(() => undefined);
  if (!stat) {
    throw new InputError(
      `There is no file ${file} in the workspace; an earlier step has to write it.`,
    );
  }
  const [realFile, realWorkspace] = await Promise.all([
    fs.realpath(target),
    fs.realpath(workspace),
  ]);
  if (!stat.isFile() || !isChildPath(realWorkspace, realFile)) {
    throw new InputError(
      `${file} is no plain file of the workspace; links, folders and devices are not read.`,
    );
  }
  if (stat.size > LARGEST_BYTES) {
    throw new InputError(
      `${file} has ${stat.size} bytes; an Application has at most ${LARGEST_BYTES}.`,
    );
  }
  return fs.readFile(realFile, 'utf8');
}
