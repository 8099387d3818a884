import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { repositoryRoot } from '../../boundaries/workspaces';
import { freePort } from '../../stack/ports';
import { dependentNodeCommand } from '../../stack/settings';
import { startServer } from '../../stack/startServer';
import { waitFor } from '../../stack/waitFor';
import { Postgres } from '../startPostgres';

/** What the catalog says of an entity; `uid` is made up when it is first stored. */
export interface StoredEntity {
  readonly ref: string;
  readonly uid: string;
  readonly relations: readonly string[];
}

/** A portal that was started with app-config.production.yaml. */
export interface ProductionPortal {
  readonly url: string;
  entities(): Promise<readonly StoredEntity[]>;
  stop(): Promise<void>;
}

export interface ProductionOptions {
  /** Where it keeps what it stores: a PostgreSQL as in production, or a folder for SQLite. */
  readonly database: Postgres | { readonly folder: string };
  /** For logs and configuration. */
  readonly directory: string;
  readonly metadataUrl: string;
}

const TOKEN = 'a-token-for-this-test-alone';

/** What a test has to say besides: no cluster, its own port, what is registered, and who may ask the API. */
function writeConfig(
  { database, directory }: ProductionOptions,
  port: number,
): string {
  const example = (file: string) => ({
    type: 'file',
    target: path.join(repositoryRoot, 'examples', file),
    rules: [{ allow: ['User', 'Group', 'Application'] }],
  });
  const access = { type: 'static', options: { token: TOKEN, subject: 'test' } };
  const config = {
    backend: {
      listen: `127.0.0.1:${port}`,
      workingDirectory: directory,
      auth: { externalAccess: [access] },
      ...('folder' in database && {
        database: {
          client: 'better-sqlite3',
          connection: { directory: database.folder },
        },
      }),
    },
    paas: { clusters: [] },
    catalog: {
      locations: [
        example('org.yaml'),
        example('applications/user-service.yaml'),
      ],
    },
  };
  const file = path.join(directory, 'app-config.test.yaml');
  fs.writeFileSync(file, stringify(config));
  return file;
}

function environment(
  { database, metadataUrl }: ProductionOptions,
  url: string,
): NodeJS.ProcessEnv {
  const login = 'folder' in database ? undefined : database;
  return {
    ...process.env,
    NODE_ENV: 'production',
    UNDERSTAGE_URL: url,
    POSTGRES_HOST: login?.host ?? 'unused',
    POSTGRES_PORT: `${login?.port ?? 1}`,
    POSTGRES_USER: login?.user ?? 'unused',
    POSTGRES_PASSWORD: login?.password ?? 'unused',
    AUTH_SESSION_SECRET: 'a-secret-for-this-test-alone',
    OIDC_METADATA_URL: metadataUrl,
    OIDC_CLIENT_ID: 'understage',
    OIDC_CLIENT_SECRET: 'a-client-secret-for-this-test-alone',
  };
}

interface CatalogEntity {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
  };
  readonly relations?: readonly {
    readonly type: string;
    readonly targetRef: string;
  }[];
}

async function readEntities(url: string): Promise<readonly StoredEntity[]> {
  const response = await fetch(`${url}/api/catalog/entities`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) throw new Error(`the catalog answers ${response.status}`);
  // The catalog's own API; what is not as described here fails the test that reads it.
  const entities = (await response.json()) as readonly CatalogEntity[];
  return entities
    .map(({ kind, metadata, relations = [] }) => ({
      ref: `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase(),
      uid: metadata.uid,
      relations: relations
        .map(({ type, targetRef }) => `${type} ${targetRef}`)
        .sort(),
    }))
    .sort((a, b) => a.ref.localeCompare(b.ref));
}

/** Starts the real backend as in production, waits until every plugin of it is ready. */
export async function startProductionPortal(
  options: ProductionOptions,
): Promise<ProductionPortal> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const config = (file: string) => [
    '--config',
    path.join(repositoryRoot, file),
  ];
  const process = await startServer({
    name: 'portal',
    logs: options.directory,
    cwd: path.join(repositoryRoot, 'packages/backend'),
    env: environment(options, url),
    readyUrl: `${url}/.backstage/health/v1/readiness`,
    timeoutMs: 120_000,
    tell: () => {},
    restarts: 0,
    command: dependentNodeCommand(
      'packages/backend/src/index.ts',
      ...config('app-config.yaml'),
      ...config('app-config.production.yaml'),
      '--config',
      writeConfig(options, port),
    ),
  });
  return { url, entities: () => readEntities(url), stop: () => process.stop() };
}

/** Waits for entities that fulfil a condition; fails with those that there were last. */
export function waitForEntities(
  portal: ProductionPortal,
  holds: (entities: readonly StoredEntity[]) => boolean,
): Promise<readonly StoredEntity[]> {
  return waitFor(
    async () => {
      const found = await portal.entities();
      if (holds(found)) return found;
      const refs = found.map(({ ref, relations }) => `${ref} ${relations}`);
      throw new Error(`the catalog has ${refs.join('; ')}`);
    },
    { what: 'the entities', timeoutMs: 60_000 },
  );
}
