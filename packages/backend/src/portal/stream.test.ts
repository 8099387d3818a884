import {
  clusterApplication,
  clusterTenant,
} from '@understage/plugin-paas-node';
import { isAtLeast, people, Person, topics } from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

const names = Object.keys(people).filter(isPerson);
const kinds = Object.keys(topics).filter(isKind);
const cells = kinds.flatMap(kind => names.map(person => ({ kind, person })));

/** Every topic of the live stream, as everybody (S8, S11). */
describe('the matrix of roles, topics and tenants', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);
  afterAll(() => world?.stop());

  /** A stream of one topic, as somebody reads it. */
  async function open(topic: string, person: Person) {
    const controller = new AbortController();
    const query = new URLSearchParams({ topic }).toString();
    const response = await fetch(`${world.url}/api/paas/stream?${query}`, {
      headers: { authorization: `Bearer ${await world.signIn(person)}` },
      signal: controller.signal,
    });
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
      }
    })().catch(() => {});
    const messages = () =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json));
    return {
      status: response.status,
      messages,
      /** The first message of a kind, or the refusal; nothing when two seconds bring neither. */
      async first(kind: string) {
        const deadline = Date.now() + 2_000;
        const find = () =>
          messages().find(({ type }) => type === kind || type === 'denied');
        while (!find() && Date.now() < deadline) await pause(10);
        return find();
      },
      async close() {
        controller.abort();
        await reading;
      },
    };
  }

  async function firstOf(topic: string, kind: string, person: Person) {
    const stream = await open(topic, person);
    const message = await stream.first(kind);
    await stream.close();
    return message;
  }

  it.each(cells)('$kind, as $person', async ({ kind, person }) => {
    const topic = topics[kind];
    if (topic.about === 'many') {
      const message = await firstOf(topic.name, kind, person);
      const seen = topic.seen[people[person]];
      if (seen === 'denied') {
        expect(message).toMatchObject({ type: 'denied', topic: topic.name });
        return;
      }
      expect(
        message.upserts.map(({ name }: { name: string }) => name).sort(),
      ).toEqual(seen);
      expect(message.total ?? seen.length).toBe(seen.length);
      return;
    }
    const own = await firstOf(topic.own, kind, person);
    expect(own.detail !== undefined).toBe(
      isAtLeast(person, topic.least, 'own'),
    );
    const foreign = await firstOf(topic.foreign, kind, person);
    const missing = await firstOf(topic.missing, kind, person);
    expect(missing.detail).toBeUndefined();
    if (isAtLeast(person, topic.least, 'foreign')) {
      expect(foreign.detail).toBeDefined();
    } else {
      expect({ ...foreign, topic: '' }).toEqual({ ...missing, topic: '' });
    }
  });

  it.each(names.filter(name => !isAtLeast(name, 'viewer', 'foreign')))(
    '%s is told nothing when something foreign changes',
    async person => {
      const listened = kinds.map(kind => {
        const topic = topics[kind];
        return [kind, topic.about === 'many' ? topic.name : topic.foreign];
      });
      const streams = await Promise.all(
        listened.map(([, topic]) => open(topic, person)),
      );
      await Promise.all(
        listened.map(([kind], index) => streams[index].first(kind)),
      );
      const before = streams.map(({ messages }) => messages().length);
      const { clusters } = world;
      const changed = clusterApplication({
        name: 'training',
        namespace: 'data',
        generation: 7,
      });
      const added = clusterApplication({ name: 'added', namespace: 'data' });
      const tenant = clusterTenant({ name: 'added' });
      clusters.put('playground', changed, added, tenant);
      clusters.settle();
      clusters.remove('playground', added);
      clusters.remove('playground', tenant);
      clusters.settle();
      await pause(100);
      expect(streams.map(({ messages }) => messages().length)).toEqual(before);
      await Promise.all(streams.map(stream => stream.close()));
    },
  );
});

function pause(milliseconds: number) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

function isPerson(name: string): name is Person {
  return Object.hasOwn(people, name);
}

function isKind(name: string): name is keyof typeof topics {
  return Object.hasOwn(topics, name);
}
