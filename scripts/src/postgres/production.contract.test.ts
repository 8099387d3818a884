import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeCommand } from '../stack/settings';
import { waitFor } from '../stack/waitFor';
import { findPostgres } from './findPostgres';
import { Postgres, startPostgres } from './startPostgres';
import { Issuer, startIssuer } from './testing/startIssuer';
import {
  ProductionPortal,
  startProductionPortal,
  StoredEntity,
  waitForEntities,
} from './testing/startProductionPortal';

const programs = findPostgres();
const itWithPostgres = programs ? it : it.skip;

const names = (entities: readonly StoredEntity[]) =>
  entities.map(({ ref, relations }) => ({ ref, relations }));

// What is registered, once it is read, processed and stitched.
const edges = [
  'component:default/user-service.frontend dependsOn resource:default/user-service.redis',
  'component:default/user-service.frontend partOf system:default/user-service',
  'resource:default/user-service.redis dependencyOf component:default/user-service.frontend',
  'resource:default/user-service.redis partOf system:default/user-service',
  'system:default/user-service hasPart component:default/user-service.frontend',
  'system:default/user-service hasPart resource:default/user-service.redis',
  'system:default/user-service partOf domain:default/default',
  'group:default/platform-engineers hasMember user:default/ada',
  'group:default/team-data hasMember user:default/linus',
  'group:default/team-shop hasMember user:default/grace',
  'user:default/ada memberOf group:default/platform-engineers',
  'user:default/grace memberOf group:default/team-shop',
  'user:default/linus memberOf group:default/team-data',
];

const isComplete = (entities: readonly StoredEntity[]) => {
  const found = entities.flatMap(({ ref, relations }) =>
    relations.map(relation => `${ref} ${relation}`),
  );
  return edges.every(edge => found.includes(edge));
};

describe('a portal with app-config.production.yaml', () => {
  let directory: string;
  let issuer: Issuer;
  let postgres: Postgres | undefined;
  const portals: ProductionPortal[] = [];
  let onPostgres: ReturnType<typeof names> | undefined;

  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-portal-'));
    issuer = await startIssuer();
    postgres = programs && (await startPostgres(programs));
  });
  afterEach(async () => {
    for (const portal of portals.splice(0)) await portal.stop();
  });
  afterAll(async () => {
    await postgres?.stop();
    await issuer.stop();
    fs.rmSync(directory, { recursive: true });
  });

  async function start(database: Postgres | { readonly folder: string }) {
    const { metadataUrl } = issuer;
    const options = { database, directory, metadataUrl };
    const portal = await startProductionPortal(options);
    portals.push(portal);
    return portal;
  }

  /** Fills the catalog, starts again on the same database, and answers what was there before and after. */
  async function fillAndRestart(database: Postgres | { folder: string }) {
    const first = await start(database);
    const before = await waitForEntities(first, isComplete);
    await first.stop();
    const second = await start(database);
    return { before, after: await second.entities(), portal: second };
  }

  itWithPostgres(
    'keeps its catalog on PostgreSQL over a restart, signs in by OIDC and lets no guest in',
    async () => {
      if (!postgres) throw new Error('PostgreSQL was not started');
      const { before, after, portal } = await fillAndRestart(postgres);
      expect(after).toEqual(before);
      onPostgres = names(before);

      const begin = await fetch(
        `${portal.url}/api/auth/oidc/start?env=production&scope=openid`,
        { redirect: 'manual' },
      );
      expect(begin.status).toBe(302);
      expect(begin.headers.get('location')).toContain(issuer.authorizationUrl);
      const guest = await fetch(`${portal.url}/api/auth/guest/refresh`, {
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      expect(guest.status).toBe(404);
    },
    240_000,
  );

  itWithPostgres(
    'stores the same on SQLite as on PostgreSQL',
    async () => {
      if (!postgres) throw new Error('PostgreSQL was not started');
      onPostgres ??= names(
        await waitForEntities(await start(postgres), isComplete),
      );
      const folder = path.join(directory, 'sqlite');
      const { before, after } = await fillAndRestart({ folder });
      expect(names(before)).toEqual(onPostgres);
      expect(after).toEqual(before);
    },
    240_000,
  );
});

describe('a PostgreSQL of a test', () => {
  itWithPostgres(
    'is gone with its folder soon after the test was killed',
    async () => {
      const [program, ...args] = nodeCommand(
        'scripts/src/postgres/testing/holdPostgres.ts',
      );
      const child = spawn(program, args, {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await new Promise<Buffer[]>(resolve =>
        child.stdout.once('data', (chunk: Buffer) => resolve([chunk])),
      );
      const { folder, port } = JSON.parse(line.toString('utf8'));
      expect(fs.existsSync(folder)).toBe(true);

      child.kill('SIGKILL');

      await waitFor(async () => (fs.existsSync(folder) ? undefined : true), {
        what: `${folder} to be gone`,
        timeoutMs: 10_000,
      });
      await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    },
    60_000,
  );
});
