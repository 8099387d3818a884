import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createClustersDouble } from '@understage/plugin-paas-node';
import { Knex } from 'knex';
import { AuditStore } from './AuditStore';
import { AuditTrail } from './AuditTrail';

const change = {
  credentials: mockCredentials.user('user:default/sam'),
  action: 'pause',
  isChange: true,
  sources: () => [{ cluster: 'playground', namespace: 'shop', name: 'a\nb' }],
};

async function world(knex: Knex) {
  const database = mockServices.database.mock({
    getClient: async () => knex,
  });
  const store = await AuditStore.create(database);
  const logger = mockServices.logger.mock();
  const clusters = createClustersDouble();
  const now = () => new Date('2026-11-23T08:00:00Z');
  const trail = new AuditTrail({ store, clusters, logger, now });
  return { store, trail, logger };
}

// PostgreSQL where BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING names one.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('AuditTrail, on %p', databaseId => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.init(databaseId);
  });
  afterEach(() => knex.destroy());

  it('writes a change down before it is made: what never ended does not look as if it had succeeded', async () => {
    const { store, trail } = await world(knex);
    const id = await trail.begin(change);
    const [begun] = (await store.list({}, undefined)).items;
    expect(begun).toMatchObject({ id, result: 'failed', name: 'a b' });
    await trail.end(change, id, { answer: { changed: true } });
    const { items } = await store.list({}, undefined);
    expect(items).toEqual([
      expect.objectContaining({ id, result: 'succeeded', message: undefined }),
    ]);
  });

  it('lets no change begin while the database is away, and no reading fail', async () => {
    const { trail, logger } = await world(knex);
    await knex.destroy();
    await expect(trail.begin(change)).rejects.toThrow(/no change is made/);
    const reading = { ...change, action: 'getTenant', isChange: false };
    const error = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    await trail.end(reading, await trail.begin(reading), { error });
    expect(logger.error).toHaveBeenCalledTimes(2);
  });

  it('prunes what is too old, more than one batch of it', async () => {
    const { store } = await world(knex);
    const line = { who: 'user:default/sam', action: 'pause' };
    const ended = { allowed: true, result: 'succeeded' as const };
    const old = Array.from({ length: 1_500 }, () => ({
      ...line,
      ...ended,
      at: '2025-01-01T00:00:00.000Z',
    }));
    await knex.batchInsert('paas_audit', old, 100);
    await store.add({ ...line, ...ended, at: '2026-01-01T00:00:00.000Z' });
    expect(await store.prune('2025-06-01T00:00:00.000Z')).toBe(1_500);
    expect((await store.list({}, undefined)).items).toHaveLength(1);
  });
});
