import type { IncomingMessage } from 'node:http';
import { isName } from './names';
import { Repositories } from './repositories';

/** An answer without git's own protocol. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: Buffer | string;
}

/** What a route gets to know. */
export interface Asked {
  readonly repositories: Repositories;
  readonly url: URL;
  readonly request: IncomingMessage;
  /** The named parts of the path, decoded. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly pattern: RegExp;
  answer(asked: Asked): Promise<Answer>;
}

const LARGEST_BODY_BYTES = 64 * 1024;

/** JSON as Gitea answers it. */
export function json(status: number, body: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

const missing = json(404, { message: 'Not found.' });

function found(type: string, body: Buffer | undefined): Answer {
  return body ? { status: 200, type, body } : missing;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function nameIn(body: unknown): string {
  const name: unknown =
    typeof body === 'object' && body !== null
      ? Reflect.get(body, 'name')
      : undefined;
  return typeof name === 'string' ? name : '';
}

const nameOf = ({ parts: { owner = '', name = '' } }: Asked) => ({
  owner,
  name,
});

const creations = {
  created: 201,
  taken: 409,
  refused: 422,
} as const;

const repository = '/api/v1/repos/(?<owner>[^/]+)/(?<name>[^/]+)';

/** The part of Gitea's API that Backstage's publish action and URL reader use, and pages to look at what is there. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/api\/v1\/orgs\/(?<owner>[^/]+)$/,
    // Every name that may be one is an organisation: tenants come and go.
    answer: async ({ parts: { owner } }) =>
      isName(owner) ? json(200, { username: owner }) : missing,
  },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/orgs\/(?<owner>[^/]+)\/repos$/,
    async answer({ repositories, request, parts: { owner } }) {
      const name = nameIn(await readBody(request));
      const outcome = await repositories.create({ owner, name });
      const messages = {
        created: 'Created.',
        taken: `The repository ${owner}/${name} is there already and not empty; choose another name.`,
        refused:
          'A name has letters, digits, ".", "_" and "-", begins with a letter or digit and does not end in .git.',
      };
      return json(creations[outcome], { name, message: messages[outcome] });
    },
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repository}$`),
    async answer(asked) {
      const { owner, name } = nameOf(asked);
      return asked.repositories.find({ owner, name })
        ? json(200, { name, full_name: `${owner}/${name}` })
        : missing;
    },
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repository}/contents/(?<path>.+)$`),
    async answer(asked) {
      const branch = asked.url.searchParams.get('ref') ?? 'main';
      const { path } = asked.parts;
      const file = await asked.repositories.file(nameOf(asked), branch, path);
      if (!file) return missing;
      const content = file.toString('base64');
      return json(200, { path, type: 'file', encoding: 'base64', content });
    },
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repository}/git/commits/(?<branch>.+)$`),
    async answer(asked) {
      const { branch } = asked.parts;
      const sha = await asked.repositories.commit(nameOf(asked), branch);
      return sha ? json(200, { sha }) : missing;
    },
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repository}/archive/(?<branch>.+)\\.tar\\.gz$`),
    async answer(asked) {
      const { branch } = asked.parts;
      const { repositories } = asked;
      return found(
        'application/gzip',
        await repositories.archive(nameOf(asked), branch),
      );
    },
  },
  {
    method: 'GET',
    pattern:
      /^\/(?<owner>[^/]+)\/(?<name>[^/]+)\/src\/branch\/(?<branch>[^/]+)(?:\/(?<path>.*))?$/,
    async answer(asked) {
      const { branch, path = '' } = asked.parts;
      const place = path.replace(/\/$/, '');
      const { repositories } = asked;
      const name = nameOf(asked);
      return found(
        'text/plain; charset=utf-8',
        (place && (await repositories.file(name, branch, place))) ||
          (await repositories.list(name, branch, place)),
      );
    },
  },
];
