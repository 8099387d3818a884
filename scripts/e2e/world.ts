import http from 'node:http';
import { test as base, expect } from '@playwright/test';
import { stackVariable } from './startStack';

/** The running product, as a test may use it. */
export interface World {
  readonly url: string;
  /** Address of the Git server that templates publish to. */
  readonly git: string;
  /** kubectl as the cluster's administrator; rejects with what it complained about. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Kills a process of the control plane with SIGKILL. */
  kill(component: string): Promise<void>;
  /** Starts it again, and is done when it is ready. */
  restart(component: string): Promise<void>;
}

/** An Application as the cluster holds it, made for one test. */
export interface Made {
  readonly name: string;
  readonly namespace?: string;
  readonly spec: object;
}

interface Command {
  readonly do: 'kubectl' | 'kill' | 'restart';
  readonly args: readonly string[];
  readonly input?: string;
}

function tell(socketPath: string, command: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath, method: 'POST', path: '/' },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(text));
        });
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(command));
  });
}

function openWorld(): World {
  const { url, git, socket } = JSON.parse(process.env[stackVariable] ?? '{}');
  return {
    url,
    git,
    kubectl: (args, input) => tell(socket, { do: 'kubectl', args, input }),
    kill: async component => {
      await tell(socket, { do: 'kill', args: [component] });
    },
    restart: async component => {
      await tell(socket, { do: 'restart', args: [component] });
    },
  };
}

interface Fixtures {
  /** Who is signed in when a page opens: a person of the playground; nobody shows the chooser. */
  person: string;
  /** Applies an Application and deletes it, with all that it made, when the test is over. */
  make(made: Made): Promise<void>;
  /** Sees to it that an Application which the test itself creates is gone when the test is over. */
  forget(name: string, namespace?: string): void;
}

/** Tests share one stack; what a test makes goes with it. */
export const test = base.extend<Fixtures, { world: World }>({
  world: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      await use(openWorld());
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ world }, use) => {
    await use(world.url);
  },
  person: ['user:default/ada', { option: true }],
  context: async ({ context, person }, use) => {
    // Signed in before the first page: what the chooser would have kept.
    await context.addInitScript(chosen => {
      // Blank pages have no storage.
      if (!chosen || !location.protocol.startsWith('http')) return;
      sessionStorage.setItem('understage.person', chosen);
    }, person);
    await use(context);
  },
  forget: async ({ world }, use) => {
    const made: string[][] = [];
    await use((name, namespace = 'shop') => made.push([name, '-n', namespace]));
    for (const which of made.reverse()) {
      await world.kubectl([
        'delete',
        'application',
        ...which,
        '--ignore-not-found',
        '--cascade=foreground',
        '--timeout=30s',
      ]);
    }
  },
  make: async ({ world, forget }, use) => {
    await use(async ({ name, namespace = 'shop', spec }) => {
      forget(name, namespace);
      await world.kubectl(
        ['apply', '--server-side', '-n', namespace, '-f', '-'],
        JSON.stringify({
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          metadata: { name },
          spec,
        }),
      );
    });
  },
});

/** WCAG 2.2 AA, as axe calls it. Landmarks of Backstage's own pages are not ours. */
export const accessibilityRules: readonly string[] = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22aa',
];

export { expect };
