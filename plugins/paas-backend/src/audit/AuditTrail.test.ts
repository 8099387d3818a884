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

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      return await check();
    } catch {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
  return check();
}

async function world(knex: Knex) {
  const database = mockServices.database.mock({
    getClient: async () => knex,
  });
  const store = await AuditStore.create(database);
  const logger = mockServices.logger.mock();
  const clusters = createClustersDouble();
  const now = () => new Date('2026-11-23T08:00:00Z');
  const lost = jest.fn();
  const limits = { beginMs: 50, endMs: 10, retryAfterMs: [0, 0], most: 3 };
  const start = (other: Partial<typeof store> = {}) => {
    const { add, finish } = { ...bound(store), ...other };
    const some = { add, finish };
    return new AuditTrail({ store: some, clusters, logger, now, lost, limits });
  };
  const lines = async () => (await store.list({}, undefined)).items;
  return { store, start, trail: start(), logger, lost, lines };
}

const bound = (store: AuditStore) => ({
  add: store.add.bind(store),
  finish: store.finish.bind(store),
});

const reading = { ...change, action: 'getTenant', isChange: false };
const refused = {
  error: Object.assign(new Error('no'), { name: 'NotAllowedError' }),
};

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
    const { lines, trail } = await world(knex);
    const id = await trail.begin(change);
    const [begun] = await lines();
    expect(begun).toMatchObject({ id, result: 'unknown', name: 'a b' });
    await trail.end(change, id, { answer: { changed: true } });
    expect(await lines()).toEqual([
      expect.objectContaining({ id, result: 'succeeded', message: undefined }),
    ]);
  });

  it('lets no change begin while the database is away, and no reading fail', async () => {
    const { trail, logger, lost } = await world(knex);
    await knex.destroy();
    await expect(trail.begin(change)).rejects.toThrow(/no change is made/);
    await trail.end(reading, await trail.begin(reading), refused);
    await trail.settled(10_000);
    expect(logger.error).toHaveBeenCalledTimes(2);
    expect(lost).toHaveBeenCalledTimes(1);
  });

  it('writes the line of a refusal while its answer goes out, and again when that fails', async () => {
    const { start, lines, lost, store } = await world(knex);
    let tries = 0;
    const trail = start({
      add: async line => {
        tries += 1;
        if (tries < 3) throw new Error('the connection was lost');
        return store.add(line);
      },
    });
    await trail.end(reading, undefined, refused);
    expect(await lines()).toEqual([]);
    await trail.settled(10_000);
    expect(await lines()).toMatchObject([{ result: 'refused' }]);
    expect(lost).not.toHaveBeenCalled();
  });

  it('delays no refusal while the database hangs, keeps so many lines and no more, and counts those that it loses', async () => {
    const { start, lost } = await world(knex);
    const trail = start({ add: () => new Promise(() => {}) });
    for (let call = 0; call < 5; call += 1) {
      await trail.end(reading, undefined, refused);
    }
    expect(lost).toHaveBeenCalledTimes(2);
    await trail.settled(10);
  });

  it('makes no change while the database hangs, and says so of a line that arrives too late', async () => {
    const { start, lines, store } = await world(knex);
    let arrive = () => {};
    const arrived = new Promise<void>(resolve => {
      arrive = resolve;
    });
    const trail = start({ add: line => arrived.then(() => store.add(line)) });
    await expect(trail.begin(change)).rejects.toThrow(/no change is made/);
    arrive();
    await eventually(async () => {
      const [line] = await lines();
      expect(line).toMatchObject({
        result: 'failed',
        message: expect.stringContaining('not made'),
      });
    });
  });

  it('tries again to write how a change ended; until it can, that is unknown', async () => {
    const { start, lines, store } = await world(knex);
    let isAway = true;
    const trail = start({
      finish: async (id, outcome) => {
        if (isAway) throw new Error('the connection was lost');
        await store.finish(id, outcome);
      },
    });
    await trail.end(change, await trail.begin(change), { answer: {} });
    await trail.settled(10_000);
    expect(await lines()).toMatchObject([
      { result: 'unknown', message: expect.stringContaining('Begun') },
    ]);
    const id = await trail.begin(change);
    const ending = trail.end(change, id, { answer: {} });
    isAway = false;
    await ending;
    await trail.settled(10_000);
    expect((await lines())[0]).toMatchObject({ id, result: 'succeeded' });
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
