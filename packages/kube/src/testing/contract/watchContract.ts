/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { WatchEvent, WatchOptions } from '../../ports';
import { configMap, configMaps } from '../objects';
import { ContractWorld, written } from './contractWorld';

const TIMEOUT_SECONDS = 30;

/** An event in short: what happened to whom. */
function brief(event: WatchEvent): string {
  return event.type === 'BOOKMARK'
    ? 'BOOKMARK'
    : `${event.type} ${event.object.metadata.name}`;
}

/** What watches of every KubeReader do. */
export function watchContract(world: () => ContractWorld): void {
  describe('watching', () => {
    let namespace: string;
    const writer = () => world().cluster.writer({ fieldManager: 'contract' });
    const apply = async (
      name: string,
      labels: Readonly<Record<string, string>>,
      data?: Readonly<Record<string, string>>,
    ) =>
      written(
        await writer().apply(configMap({ name, namespace, labels }, data), {
          type: configMaps,
        }),
      );
    const version = async () =>
      (await world().cluster.list(configMaps, { namespace })).resourceVersion;

    beforeEach(async () => {
      namespace = await world().namespace();
    });

    /** The first so many events, bookmarks not counted. */
    async function take(
      count: number,
      options: Partial<WatchOptions>,
    ): Promise<readonly WatchEvent[]> {
      const abort = new AbortController();
      const events: WatchEvent[] = [];
      const stream = world().cluster.watch(configMaps, {
        namespace,
        resourceVersion: '',
        timeoutSeconds: TIMEOUT_SECONDS,
        labelSelector: 'watched',
        signal: abort.signal,
        ...options,
      });
      for await (const event of stream) {
        if (event.type !== 'BOOKMARK') events.push(event);
        if (events.length === count) break;
      }
      abort.abort();
      return events;
    }

    it('tells everything since a version, in order, and goes on from any event', async () => {
      const resourceVersion = await version();
      const watched = { watched: '' };
      const made = await apply('a', watched);
      await apply('a', watched, { x: '1' });
      await apply('b', watched);
      await writer().delete(configMaps, made.metadata, {
        uid: made.metadata.uid ?? '',
      });
      const events = await take(4, { resourceVersion });
      expect(events.map(brief)).toEqual([
        'ADDED a',
        'MODIFIED a',
        'ADDED b',
        'DELETED a',
      ]);
      const second = events[1];
      const rest = await take(2, {
        resourceVersion:
          second.type === 'BOOKMARK'
            ? ''
            : second.object.metadata.resourceVersion,
      });
      expect(rest.map(brief)).toEqual(['ADDED b', 'DELETED a']);
    });

    it('tells events while they happen', async () => {
      const resourceVersion = await version();
      const opened = new Promise<void>(resolve => {
        void take(1, { resourceVersion, onOpen: resolve });
      });
      await opened;
      const first = take(1, { resourceVersion });
      await apply('later', { watched: '' });
      expect((await first).map(brief)).toEqual(['ADDED later']);
    });

    it('sends whole objects with their kind, and deletions with a version of their own', async () => {
      const resourceVersion = await version();
      const made = await apply('whole', { watched: '' }, { a: '1' });
      await writer().delete(configMaps, made.metadata, {
        uid: made.metadata.uid ?? '',
      });
      const [added, deleted] = await take(2, { resourceVersion });
      expect(added).toMatchObject({
        type: 'ADDED',
        object: { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } },
      });
      if (deleted.type !== 'DELETED') throw new Error('expected a deletion');
      expect(Number(deleted.object.metadata.resourceVersion)).toBeGreaterThan(
        Number(made.metadata.resourceVersion),
      );
    });

    it('makes arrivals and departures of what a selector begins or ceases to hold', async () => {
      const resourceVersion = await version();
      await apply('mover', {});
      await apply('mover', { watched: '' });
      await apply('mover', { watched: 'still' });
      await apply('mover', {});
      const events = await take(3, { resourceVersion });
      expect(events.map(brief)).toEqual([
        'ADDED mover',
        'MODIFIED mover',
        'DELETED mover',
      ]);
    });

    it('begins with the state when asked to, and says where it ends', async () => {
      await apply('a', { watched: '' });
      await apply('b', { watched: '' });
      const abort = new AbortController();
      const events: WatchEvent[] = [];
      let opened = 0;
      const stream = world().cluster.watch(configMaps, {
        namespace,
        resourceVersion: '',
        sendInitialEvents: true,
        timeoutSeconds: TIMEOUT_SECONDS,
        labelSelector: 'watched',
        signal: abort.signal,
        onOpen: () => {
          opened += 1;
        },
      });
      for await (const event of stream) {
        events.push(event);
        if (event.type === 'BOOKMARK' && event.initialEventsEnd) break;
      }
      abort.abort();
      expect(events.map(brief)).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK']);
      expect(events[2]).toMatchObject({
        resourceVersion: expect.stringMatching(/^\d+$/),
      });
      expect(opened).toBe(1);
    });

    it('refuses a version that it has forgotten', async () => {
      await apply('a', { watched: '' });
      await world().forgetHistory();
      await expect(take(1, { resourceVersion: '1' })).rejects.toMatchObject({
        name: 'KubeError',
        status: 410,
      });
    });

    it('ends at once when aborted', async () => {
      const abort = new AbortController();
      abort.abort();
      const stream = world().cluster.watch(configMaps, {
        namespace,
        resourceVersion: await version(),
        timeoutSeconds: TIMEOUT_SECONDS,
        signal: abort.signal,
      });
      const seen: WatchEvent[] = [];
      const reading = (async () => {
        for await (const event of stream) seen.push(event);
      })();
      // A stream may end or reject when it is aborted; it must not hang.
      const name = await reading.then(
        () => 'ended',
        error => error.name,
      );
      expect(['ended', 'AbortError']).toContain(name);
      expect(seen).toEqual([]);
    });
  });
}
