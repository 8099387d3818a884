import { readFileSync } from 'node:fs';
import https from 'node:https';
import { parse } from 'yaml';
import { z } from 'zod';

/** A request as somebody might send it past every client of ours. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** `merge` by default; `apply` is server-side apply; `json` a list of operations. */
  readonly patch?: 'merge' | 'apply' | 'json';
  /** Never as a dry run: for what a dry run may do. */
  readonly inEarnest?: true;
}

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  readonly message: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Identity {
  readonly user: string;
  readonly groups?: readonly string[];
}

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({
      cluster: z.object({
        server: z.string(),
        'certificate-authority-data': z.string(),
      }),
    }),
  ]),
  users: z.tuple([
    z.object({
      user: z.object({
        'client-certificate-data': z.string(),
        'client-key-data': z.string(),
      }),
    }),
  ]),
});

const contentTypes = {
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
  json: 'application/json-patch+json',
};

const answerSchema = z
  .object({ message: z.string().optional() })
  .catchall(z.unknown());

function contentTypeOf({ method, patch = 'merge' }: Request): string {
  return method === 'PATCH' ? contentTypes[patch] : 'application/json';
}

/** A way into the API server: the owner of a kubeconfig, or whom its owner impersonates. */
export interface Door {
  send(
    request: Request,
    options?: { readonly dryRun?: boolean },
  ): Promise<Answer>;
  as(identity: Identity): Door;
  close(): void;
}

/** Opens the door of a kubeconfig with a client certificate. */
export function openDoor(kubeconfig: string): Door {
  const { clusters, users } = kubeconfigSchema.parse(
    parse(readFileSync(kubeconfig, 'utf8')),
  );
  const { server, ...trust } = clusters[0].cluster;
  const decoded = (data: string) => Buffer.from(data, 'base64');
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 8,
    ca: decoded(trust['certificate-authority-data']),
    cert: decoded(users[0].user['client-certificate-data']),
    key: decoded(users[0].user['client-key-data']),
  });
  const door = (identity?: Identity): Door => ({
    send: (request, { dryRun = false } = {}) =>
      new Promise((resolve, reject) => {
        const url = new URL(request.path, server);
        const reads = request.method === 'GET';
        if (dryRun && !reads && !request.inEarnest)
          url.searchParams.set('dryRun', 'All');
        if (request.patch === 'apply') {
          url.searchParams.set('fieldManager', 'attacker');
          url.searchParams.set('force', 'true');
        }
        const sent = https.request(
          url,
          {
            agent,
            method: request.method,
            headers: {
              'content-type': contentTypeOf(request),
              ...(identity ? { 'impersonate-user': identity.user } : {}),
              ...(identity?.groups
                ? { 'impersonate-group': [...identity.groups] }
                : {}),
            },
          },
          response => {
            const chunks: Buffer[] = [];
            response.on('data', chunk => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString('utf8');
              const body = text.startsWith('{')
                ? answerSchema.parse(JSON.parse(text))
                : { message: text };
              const status = response.statusCode ?? 0;
              resolve({ status, message: body.message ?? '', body });
            });
          },
        );
        sent.on('error', reject);
        sent.end(request.body ? JSON.stringify(request.body) : undefined);
      }),
    as: door,
    close: () => agent.destroy(),
  });
  return door();
}
