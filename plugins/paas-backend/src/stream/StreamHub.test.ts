import { mockCredentials } from '@backstage/backend-test-utils';
import { ApplicationSummary } from '@understage/plugin-paas-common';
import { clusterApplication } from '@understage/plugin-paas-node';
import { parseTopic } from './parseTopic';
import { deny, onlyIf } from '../__testUtils__/startApi';
import { Reader, startHub } from '../__testUtils__/startHub';

const namesOf = (items: readonly ApplicationSummary[]) =>
  items.map(({ name }) => name).sort();

describe('StreamHub', () => {
  it('begins with everything that matches, and goes on with changes', async () => {
    const { open, change } = startHub();
    const { reader } = await open(['applications?state=Ready']);
    const [first] = reader.take();
    expect(first).toMatchObject({
      type: 'applications',
      removed: [],
      total: 1,
      upserts: [{ name: 'checkout' }],
    });
    change(0);
    expect(reader.take()).toMatchObject([
      { upserts: [], removed: ['playground/shop/checkout'], total: 0 },
    ]);
    change(2);
    expect(reader.take()).toMatchObject([
      { upserts: [{ name: 'checkout' }], removed: [], total: 1 },
    ]);
  });

  it('says nothing about changes that a topic does not concern', async () => {
    const { open, change } = startHub();
    const { reader } = await open([
      'applications?tenant=data',
      'application/playground/data/training',
    ]);
    reader.take();
    change(0);
    expect(reader.take()).toEqual([]);
  });

  it('carries counts along that equal those of a fresh look', async () => {
    const { open, change, clusters } = startHub();
    const { reader } = await open(['applications']);
    for (const ready of [0, 1, 2, 0]) change(ready, 'media');
    clusters.remove(
      'playground',
      clusterApplication({ name: 'training', namespace: 'data' }),
    );
    clusters.settle();
    const last = reader.take().at(-1);
    const fresh = await open(['applications']);
    const [now] = fresh.reader.take();
    expect(last).toMatchObject({ total: 2 });
    if (last?.type !== 'applications' || now.type !== 'applications')
      throw new Error('no list');
    expect(last.counts).toEqual(now.counts);
  });

  it('sends one application whole, and that it is gone', async () => {
    const { open, clusters } = startHub();
    const { reader } = await open(['application/playground/shop/checkout']);
    expect(reader.take()).toMatchObject([
      { type: 'application', detail: { summary: { name: 'checkout' } } },
    ]);
    clusters.remove(
      'playground',
      clusterApplication({ name: 'checkout', namespace: 'shop' }),
    );
    clusters.settle();
    expect(reader.take()).toEqual([
      {
        type: 'application',
        topic: 'application/playground/shop/checkout',
        detail: undefined,
      },
    ]);
  });

  it('S8: treats a foreign application as one that is not there', async () => {
    const { open, decide, change } = startHub();
    decide(onlyIf('IS_IN_TENANT', { tenants: ['shop'] }));
    const topics = [
      'application/playground/data/training',
      'application/playground/data/nothing',
    ];
    const { reader } = await open(topics);
    expect(reader.take()).toEqual(
      topics.map(topic => ({ type: 'application', topic, detail: undefined })),
    );
    change(1, 'training', 'data');
    expect(reader.take()).toEqual([]);
  });

  it('filters lists by what one may see, totals included', async () => {
    const { open, decide, change } = startHub();
    decide(onlyIf('IS_IN_TENANT', { tenants: ['data'] }));
    const { reader } = await open(['applications']);
    expect(reader.take()).toMatchObject([
      { total: 1, upserts: [{ name: 'training' }] },
    ]);
    change(0);
    expect(reader.take()).toEqual([]);
  });

  describe('a reader that comes back', () => {
    it('gets what it missed, each application once, as it is now', async () => {
      const { open, change, hub } = startHub();
      const { reader, stream } = await open(['applications']);
      const { lastEventId } = reader;
      stream.closed();
      expect(hub.size).toBe(0);
      change(0);
      change(1);
      const again = await open(['applications'], { lastEventId });
      const [message, ...rest] = again.reader.take();
      expect(message).toMatchObject({
        upserts: [{ name: 'checkout', replicas: { ready: 1 } }],
        removed: [],
        total: 3,
      });
      expect(rest).toEqual([]);
    });

    it('learns what is gone', async () => {
      const { open, clusters } = startHub();
      const { reader } = await open(['applications']);
      clusters.remove(
        'playground',
        clusterApplication({ name: 'media', namespace: 'shop' }),
      );
      clusters.settle();
      const again = await open(['applications'], {
        lastEventId: reader.lastEventId,
      });
      expect(again.reader.take()).toMatchObject([{ upserts: [], total: 2 }]);
      const before = await open(['applications'], {
        lastEventId: 'test.0.00000000',
      });
      expect(before.reader.take()[0]).toEqual({
        type: 'resync',
        topic: 'applications',
      });
    });

    it.each(['other.0.abc', 'test.99.x', 'nonsense', ''])(
      'begins anew after the id %j',
      async lastEventId => {
        const { open } = startHub();
        const { reader } = await open(['applications'], { lastEventId });
        expect(reader.take().map(({ type }) => type)).toEqual([
          'resync',
          'applications',
        ]);
      },
    );

    it('begins anew when the rules have changed meanwhile', async () => {
      const { open, decide, pass } = startHub();
      const { reader, stream } = await open(['applications']);
      stream.closed();
      decide(onlyIf('IS_IN_TENANT', { tenants: ['data'] }));
      await pass(11_000);
      const again = await open(['applications'], {
        lastEventId: reader.lastEventId,
      });
      expect(again.reader.take()).toMatchObject([
        { type: 'resync' },
        { upserts: [{ name: 'training' }] },
      ]);
    });
  });

  describe('permissions that change (S30)', () => {
    it('end a stream within a minute', async () => {
      const { open, decide, pass, change } = startHub();
      const { reader } = await open([
        'applications',
        'application/playground/shop/checkout',
      ]);
      reader.take();
      decide(deny);
      await pass(20_000);
      expect(
        reader.take().filter(({ type }) => type === 'denied'),
      ).toHaveLength(2);
      change(0);
      expect(reader.take()).toEqual([]);
    });

    it('narrow a stream to what is left', async () => {
      const { open, decide, pass } = startHub();
      const { reader } = await open(['applications']);
      reader.take();
      decide(onlyIf('IS_IN_TENANT', { tenants: ['shop'] }));
      await pass(20_000);
      const messages = reader.take().filter(({ type }) => type !== 'heartbeat');
      expect(messages[0]).toEqual({ type: 'resync', topic: 'applications' });
      expect(
        messages[1].type === 'applications' && namesOf(messages[1].upserts),
      ).toEqual(['checkout', 'media']);
    });

    it('refuse a list at once when nothing may be seen', async () => {
      const { open, decide } = startHub();
      decide(deny);
      const { reader } = await open(['applications']);
      expect(reader.take()).toMatchObject([
        { type: 'denied', topic: 'applications' },
      ]);
    });

    it('close the stream when the credentials have expired', async () => {
      const { open, pass, hub } = startHub();
      const expiresAt = new Date('2026-01-01T12:00:30Z');
      const credentials = { ...mockCredentials.user(), expiresAt };
      const { reader } = await open(['applications'], { credentials });
      await pass(20_000);
      expect(reader.ended).toBe(false);
      await pass(20_000);
      expect(reader.ended).toBe(true);
      expect(hub.size).toBe(0);
    });
  });

  it('keeps quiet streams alive', async () => {
    const { open, pass } = startHub();
    const { reader } = await open(['applications']);
    reader.take();
    await pass(15_000);
    expect(reader.take()).toEqual([
      { type: 'heartbeat', at: '2026-01-01T12:00:15.000Z' },
    ]);
  });

  it('S11: gives up a reader that does not read', async () => {
    const { open, pass, hub } = startHub();
    const reader = new Reader();
    reader.isReading = false;
    await open(['applications'], { reader });
    for (let minute = 0; minute < 6; minute += 1) await pass(15_000);
    expect(reader.ended).toBe(true);
    expect(hub.size).toBe(0);
  });

  it('tells when a cluster is not live any more', async () => {
    const { open, clusters } = startHub();
    const { reader } = await open(['applications']);
    reader.messages.length = 0;
    clusters.fail('playground', 'it is down');
    clusters.settle();
    expect(reader.messages).toMatchObject([
      {
        type: 'freshness',
        cluster: 'playground',
        freshness: { kind: 'stale', why: 'it is down' },
      },
    ]);
  });

  it('S11: counts the streams of each user', async () => {
    const { open, hub } = startHub();
    await open(['applications']);
    expect(hub.isFull('me')).toBe(false);
    const { stream } = await open(['applications']);
    expect(hub.isFull('me')).toBe(true);
    expect(hub.isFull('you')).toBe(false);
    stream.closed();
    expect(hub.isFull('me')).toBe(false);
  });

  it('S11: counts streams that are being opened, so that many at once are no way round', async () => {
    const { open, hub } = startHub();
    const both = [open(['applications']), open(['applications'])];
    expect(hub.isFull('me')).toBe(true);
    const [{ stream }] = await Promise.all(both);
    stream.closed();
    expect(hub.isFull('me')).toBe(false);
  });

  it("lets an old stream of a full user give way, never a young one, nor another user's", async () => {
    const { open, pass, hub } = startHub();
    const first = await open(['applications']);
    const second = await open(['applications']);
    expect(hub.admits('me')).toBe(false);
    expect(hub.admits('you')).toBe(true);
    await pass(60_000);
    expect(hub.admits('me')).toBe(true);
    expect([first.reader.ended, second.reader.ended]).toEqual([true, false]);
    await open(['applications']);
    expect(hub.size).toBe(2);
  });

  it('gives up a reader that does not read although the clock is put back', async () => {
    const { open, pass, hub } = startHub();
    const reader = new Reader();
    reader.isReading = false;
    await open(['applications'], { reader });
    await pass(15_000);
    await pass(-3_600_000);
    for (let beat = 0; beat < 6; beat += 1) await pass(15_000);
    expect(hub.size).toBe(0);
  });

  it('asks the policy once for all streams of one person', async () => {
    const { open, pass, questions } = startHub();
    await open(['applications']);
    await open(['application/playground/shop/checkout']);
    const before = questions();
    await pass(20_000);
    expect(questions() - before).toBe(1);
  });

  it('takes rights away on time although the clock is put back', async () => {
    const { open, decide, pass } = startHub();
    await open(['applications']);
    await pass(-3_600_000);
    decide(deny);
    await pass(0);
    const { reader } = await open(['applications']);
    expect(reader.take()).toMatchObject([{ type: 'denied' }]);
  });

  it('ends every stream when the backend stops', async () => {
    const { open, hub } = startHub();
    const { reader } = await open(['applications']);
    hub.stop();
    expect(reader.ended).toBe(true);
  });
});

describe('parseTopic', () => {
  it.each([
    'pods',
    'application/a',
    'tenant/playground',
    'tenant/a/b/c',
    'tenant/a/..',
    'tenants?text=shop',
    'application/a/b/c/d',
    'application/a/b/..',
    'applications?size=1',
    'applications?state=Happy',
    'Applications',
    '__proto__',
  ])('refuses %s with a sentence', name => {
    expect(parseTopic(name)).toEqual(expect.stringContaining('.'));
  });

  it('takes sort and paging, which do not count', () => {
    expect(
      parseTopic('applications?sort=name&limit=10&state=Ready&state=Failed'),
    ).toMatchObject({
      kind: 'applications',
      query: { state: ['Ready', 'Failed'] },
    });
  });
});
