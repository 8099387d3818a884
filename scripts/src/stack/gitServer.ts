import path from 'node:path';
import { GitServer, startGitServer } from '@understage/playground';
import { ControlPlane } from './controlPlane';
import { Progress } from './progress';

/** A Git server beside a control plane of our own, for what templates publish; its repositories go with the run. */
export async function startGit(
  { directory, playground }: ControlPlane,
  progress: Progress,
): Promise<GitServer | undefined> {
  if (!playground) return undefined;
  return progress.step('Git server', () =>
    startGitServer({ directory: path.join(directory, 'git') }),
  );
}

/** A run whose later step failed goes on where it was when it is tried again: what is done is not done twice. */
export const taskRecovery = {
  taskRecovery: { enabled: true, workspaceProvider: 'database' },
};

/** How the portal publishes to it and reads from it: by Backstage's own means, and nothing else of the network. */
export function gitIntegration({ url, username, password }: GitServer) {
  const { host } = new URL(url);
  return { gitea: [{ host, baseUrl: url, username, password }] };
}
