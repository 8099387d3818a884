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

/** What the templates call it: a name that stays, while its port is another one in every run. */
export const gitHost = 'git.playground';

/**
 * How the portal publishes to it, by the name that templates offer, and reads from it, by the address of what was published:
 * by Backstage's own means, and nothing else of the network.
 */
export function gitIntegration({ url, username, password }: GitServer) {
  return {
    gitea: [
      { host: gitHost, baseUrl: url, username, password },
      { host: new URL(url).host, baseUrl: url },
    ],
  };
}
