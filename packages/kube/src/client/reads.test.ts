import { WatchEvent } from '../ports';
import { eventually } from '../testing/eventually';
import {
  Answer,
  HttpWorld,
  json,
  startHttpWorld,
  status,
} from '../testing/httpWorld';
import { configMap, configMaps } from '../testing/objects';
import { ConnectOptions } from './connectCluster';

let world: HttpWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function serve(answer: Answer, options?: Partial<ConnectOptions>) {
  world = await startHttpWorld(answer, options);
  return world;
}

const page = (
  names: readonly string[],
  metadata: Readonly<Record<string, unknown>> = {},
) => ({
  metadata: { resourceVersion: '7', ...metadata },
  items: names.map(name => ({ metadata: { name } })),
});

const key = { namespace: 'shop', name: 'a' };

describe('reading over HTTP', () => {
  it('asks for one object at its path, with what proves who we are', async () => {
    const { cluster, seen } = await serve(
      (_request, response) => json(response, 200, configMap(key)),
      { userAgent: 'understage-test/1' },
    );
    await cluster.get(configMaps, key);
    expect(seen[0].url.pathname).toBe('/api/v1/namespaces/shop/configmaps/a');
    expect(seen[0].headers).toMatchObject({
      authorization: 'Bearer secret',
      accept: 'application/json',
      'user-agent': 'understage-test/1',
    });
  });

  it('reads all pages of 500, naming a version for the first one only', async () => {
    const { cluster, seen } = await serve(({ url }, response) =>
      json(
        response,
        200,
        url.searchParams.has('continue')
          ? page(['b'])
          : page(['a'], { continue: 'next' }),
      ),
    );
    const { items, resourceVersion } = await cluster.list(configMaps, {
      namespace: 'shop',
      labelSelector: 'a=b',
      resourceVersion: '0',
    });
    expect(items.map(item => item.metadata.name)).toEqual(['a', 'b']);
    expect(items[0]).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    expect(resourceVersion).toBe('7');
    expect(seen.map(({ url }) => url.search)).toEqual([
      '?labelSelector=a%3Db&resourceVersion=0&limit=500',
      '?labelSelector=a%3Db&limit=500&continue=next',
    ]);
  });

  it('begins a list anew when it expires in the middle, three times at most', async () => {
    let expiries = 1;
    const { cluster, seen } = await serve(({ url }, response) => {
      if (!url.searchParams.has('continue')) {
        json(response, 200, page(['a'], { continue: 'next' }));
      } else if (expiries > 0) {
        expiries -= 1;
        json(response, 410, status(410, 'Expired'));
      } else {
        json(response, 200, page(['b']));
      }
    });
    const { items } = await cluster.list(configMaps);
    expect(items.map(item => item.metadata.name)).toEqual(['a', 'b']);
    expect(seen).toHaveLength(4);
    expiries = 100;
    await expect(cluster.list(configMaps)).rejects.toMatchObject({
      status: 410,
      reason: 'Expired',
      message: 'listing configmaps: because of Expired',
    });
    expect(seen).toHaveLength(10);
  });

  it('gives a list up that goes round in circles', async () => {
    const { cluster, seen } = await serve((_request, response) =>
      json(response, 200, page(['a'], { continue: 'same' })),
    );
    await expect(cluster.list(configMaps)).rejects.toThrow(
      'the same page again and again',
    );
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['no JSON', 'oops <html>', 'the answer is no JSON'],
    ['no items', '{"metadata":{"resourceVersion":"1"}}', 'is no list'],
    [
      'items: null',
      '{"metadata":{"resourceVersion":"1"},"items":null}',
      'is no list',
    ],
    ['no version', '{"metadata":{},"items":[]}', 'is no list'],
    ['an array', '[]', 'is no list'],
    ['null', 'null', 'is no list'],
    [
      'an item without metadata',
      '{"metadata":{"resourceVersion":"1"},"items":[{}]}',
      'no ConfigMap',
    ],
    [
      'an item with a number for a name',
      '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":1}}]}',
      'no ConfigMap',
    ],
    [
      'an item with a list for a uid',
      '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a","uid":[]}}]}',
      'no ConfigMap',
    ],
  ])(
    'takes %s for an error, never for an empty cluster',
    async (_name, body, sentence) => {
      const { cluster } = await serve((_request, response) => {
        response.end(body);
      });
      await expect(cluster.list(configMaps)).rejects.toThrow(sentence);
    },
  );

  it('refuses bytes that are no text', async () => {
    const { cluster } = await serve((_request, response) => {
      response.end(Buffer.from([0x7b, 0xff, 0x7d]));
    });
    await expect(cluster.get(configMaps, key)).rejects.toThrow('no text');
  });

  it('does not change what objects are by a key called __proto__', async () => {
    const { cluster } = await serve((_request, response) => {
      response.end(
        '{"__proto__":{"polluted":true},"metadata":{"name":"a"},"data":{"__proto__":"x"}}',
      );
    });
    const object = await cluster.get(configMaps, key);
    expect(object?.polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each([['../secrets'], ['a/b'], [''], ['a?b'], ['ä'], ['a b']])(
    'S12: makes no path of a name that is none: %j',
    async name => {
      const { cluster, seen } = await serve(() => {});
      await expect(
        cluster.get(configMaps, { namespace: 'shop', name }),
      ).rejects.toThrow('is not a name that Kubernetes accepts');
      await expect(
        cluster.list(configMaps, { namespace: name }),
      ).rejects.toThrow('is not a name');
      expect(seen).toEqual([]);
    },
  );

  it('needs a namespace for what lives in one', async () => {
    const { cluster } = await serve(() => {});
    await expect(cluster.get(configMaps, { name: 'a' })).rejects.toThrow(
      'ConfigMap a lives in a namespace, but none was named',
    );
  });

  it('counts requests by verb and answer, and how long they took', async () => {
    const { cluster } = await serve(({ url }, response) =>
      url.pathname.endsWith('/a')
        ? json(response, 404, status(404, 'NotFound'))
        : json(response, 200, page([])),
    );
    await cluster.get(configMaps, key);
    await cluster.list(configMaps);
    await cluster.list(configMaps);
    const { requests, latency } = cluster.statistics.stats();
    expect(requests).toEqual([
      { verb: 'get', status: 404, count: 1 },
      { verb: 'list', status: 200, count: 2 },
    ]);
    expect(cluster.statistics.counts()).toEqual([
      { method: 'GET', status: 404, count: 1 },
      { method: 'GET', status: 200, count: 2 },
    ]);
    expect(latency.count).toBe(3);
    expect(latency.counts.reduce((sum, count) => sum + count)).toBe(3);
    expect(latency.sumMs).toBeGreaterThan(0);
  });
});

describe('bounds of a request', () => {
  it('refuses an answer that is too large', async () => {
    const { cluster } = await serve(
      (_request, response) => {
        response.end('x'.repeat(3 * 1024 * 1024));
      },
      { limits: { maxBytes: 1024 * 1024 } },
    );
    await expect(cluster.list(configMaps)).rejects.toThrow(
      'larger than 1 MiB and was refused: ask for smaller pages',
    );
  });

  it('gives up when no answer comes', async () => {
    const { cluster } = await serve(() => {}, { limits: { headersMs: 100 } });
    await expect(cluster.list(configMaps)).rejects.toThrow(
      'no answer came in time',
    );
  });

  it('gives up when an answer stops coming', async () => {
    const { cluster } = await serve(
      (_request, response) => {
        response.write('{');
      },
      { limits: { idleMs: 100 } },
    );
    await expect(cluster.list(configMaps)).rejects.toThrow(
      'the answer stopped coming',
    );
  });

  it('gives up on a server that sends a byte now and then', async () => {
    const { cluster } = await serve(
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.once('close', () => clearInterval(drip));
      },
      { limits: { totalMs: 200, idleMs: 5_000 } },
    );
    await expect(cluster.list(configMaps)).rejects.toThrow(
      'not complete after 0.2 s',
    );
  });

  it.each([
    ['before the answer', false],
    ['in the middle of it', true],
  ])('says that the connection broke: %s', async (_when, begun) => {
    const { cluster } = await serve((_request, response) => {
      if (begun) response.write('{');
      setImmediate(() => response.socket?.resetAndDestroy());
    });
    const failure = cluster.list(configMaps);
    await expect(failure).rejects.toMatchObject({
      name: 'KubeError',
      status: undefined,
      message: expect.stringMatching(/the connection broke|terminated/),
    });
  });

  it('says where nobody listens', async () => {
    const { cluster, close } = await serve(() => {});
    await close();
    world = undefined;
    await expect(cluster.list(configMaps)).rejects.toMatchObject({
      name: 'KubeError',
    });
  });

  it('stops at once when aborted', async () => {
    const { cluster, seen } = await serve(() => {});
    const abort = new AbortController();
    const reading = cluster.list(configMaps, { signal: abort.signal });
    await eventually('the request is there', () => seen.length === 1);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a watch over HTTP', () => {
  const event = (type: string, name: string) =>
    `${JSON.stringify({
      type,
      object: { metadata: { name, resourceVersion: '5' } },
    })}\n`;

  async function collect(
    chunks: readonly (string | Buffer)[],
  ): Promise<{ events: WatchEvent[]; error?: unknown }> {
    const { cluster } = await serve(async (_request, response) => {
      for (const chunk of chunks) {
        response.write(chunk);
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      response.end();
    });
    const events: WatchEvent[] = [];
    try {
      for await (const each of cluster.watch(configMaps, {
        resourceVersion: '1',
        timeoutSeconds: 300,
      })) {
        events.push(each);
      }
      return { events };
    } catch (error) {
      return { events, error };
    }
  }

  it('puts lines together that come in pieces, letters too', async () => {
    const bytes = Buffer.from(event('ADDED', 'a').replace('"a"', '"ä"'));
    const cut = bytes.indexOf(0xc3) + 1;
    const { events, error } = await collect([
      bytes.subarray(0, cut),
      bytes.subarray(cut),
      event('MODIFIED', 'b') + event('DELETED', 'c'),
    ]);
    expect(error).toBeUndefined();
    expect(
      events.map(each =>
        each.type === 'BOOKMARK'
          ? ''
          : `${each.type} ${each.object.metadata.name}`,
      ),
    ).toEqual(['ADDED ä', 'MODIFIED b', 'DELETED c']);
    expect(events[0]).toMatchObject({ object: { kind: 'ConfigMap' } });
  });

  it('knows bookmarks, and the one that ends the initial events', async () => {
    const bookmark = (annotations?: object) =>
      `${JSON.stringify({
        type: 'BOOKMARK',
        object: { metadata: { resourceVersion: '9', annotations } },
      })}\n`;
    const { events } = await collect([
      bookmark(),
      bookmark({ 'k8s.io/initial-events-end': 'true' }),
    ]);
    expect(events).toEqual([
      { type: 'BOOKMARK', resourceVersion: '9', initialEventsEnd: false },
      { type: 'BOOKMARK', resourceVersion: '9', initialEventsEnd: true },
    ]);
  });

  it.each([
    ['a malformed line', '{"type":\n', 'a line that is no JSON'],
    ['a line that is no event', '5\n', 'a line that is no event'],
    ['an unknown type', '{"type":"SURPRISE"}\n', 'unknown type "SURPRISE"'],
    ['an event without an object', '{"type":"ADDED"}\n', 'no ConfigMap'],
    ['half a line', '{"type":"ADD', 'in the middle of a line'],
    ['bytes that are no text', Buffer.from([0xff, 0x0a]), 'no text'],
  ])('is an error after what came before: %s', async (_name, bad, sentence) => {
    const { events, error } = await collect([event('ADDED', 'a'), bad]);
    expect(events).toHaveLength(1);
    expect(error).toMatchObject({
      name: 'KubeError',
      message: expect.stringContaining(sentence),
    });
  });

  it('hands an ERROR event on with everything it says', async () => {
    const { error } = await collect([
      `${JSON.stringify({
        type: 'ERROR',
        object: status(429, 'TooManyRequests', {
          details: { retryAfterSeconds: 3 },
        }),
      })}\n`,
    ]);
    expect(error).toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 3_000,
      message:
        'watching configmaps: a watch of configmaps ended: because of TooManyRequests',
    });
  });

  it('asks for bookmarks, and for the state when it is to begin with that', async () => {
    const { cluster, seen } = await serve((_request, response) => {
      response.end();
    });
    let opened = 0;
    const options = {
      namespace: 'shop',
      resourceVersion: '5',
      timeoutSeconds: 300,
      onOpen: () => {
        opened += 1;
      },
    };
    for await (const _event of cluster.watch(configMaps, options));
    const initial = {
      ...options,
      resourceVersion: '',
      sendInitialEvents: true,
    };
    for await (const _event of cluster.watch(configMaps, initial));
    expect(opened).toBe(2);
    expect(Object.fromEntries(seen[0].url.searchParams)).toEqual({
      resourceVersion: '5',
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '300',
    });
    expect(Object.fromEntries(seen[1].url.searchParams)).toMatchObject({
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
    });
  });

  it('closes the connection when nobody listens any more', async () => {
    let closed = false;
    const { cluster } = await serve((_request, response) => {
      response.write(event('ADDED', 'a'));
      response.once('close', () => {
        closed = true;
      });
    });
    for await (const _event of cluster.watch(configMaps, {
      resourceVersion: '1',
      timeoutSeconds: 300,
    })) {
      break;
    }
    await eventually('the server sees the end', () => closed);
    expect(closed).toBe(true);
  });
});

describe('a refusal', () => {
  const inSeconds = (seconds: number) =>
    new Date(Date.now() + seconds * 1000).toUTCString();

  it.each([
    ['seconds', '7', 7_000, 7_000],
    ['zero', '0', 0, 0],
    ['a date', inSeconds(60), 50_000, 60_000],
    ['a date that has passed', inSeconds(-60), 0, 0],
    ['more than we are willing to wait', '86400', 120_000, 120_000],
  ])('says when to come again: %s', async (_form, header, least, most) => {
    const { cluster } = await serve((_request, response) =>
      json(response, 429, status(429, 'TooManyRequests'), {
        'retry-after': header,
      }),
    );
    const error = await cluster.list(configMaps).catch(thrown => thrown);
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(least);
    expect(error.retryAfterMs).toBeLessThanOrEqual(most);
  });

  it.each([['abc'], ['-1'], ['1.5'], ['soon 1'], ['']])(
    'says nothing by junk: %j',
    async header => {
      const { cluster } = await serve((_request, response) =>
        json(response, 429, status(429, 'TooManyRequests'), {
          'retry-after': header,
        }),
      );
      await expect(cluster.list(configMaps)).rejects.toMatchObject({
        status: 429,
        retryAfterMs: undefined,
      });
    },
  );

  it('says it in its body when not in the header', async () => {
    const { cluster } = await serve((_request, response) =>
      json(
        response,
        503,
        status(503, 'ServiceUnavailable', {
          details: { retryAfterSeconds: 2 },
        }),
      ),
    );
    await expect(cluster.list(configMaps)).rejects.toMatchObject({
      retryAfterMs: 2_000,
    });
  });

  it('is quoted, shortly, when it is no Status', async () => {
    const { cluster } = await serve((_request, response) => {
      response.writeHead(502);
      response.end(`<html>bad gateway${'!'.repeat(5_000)}`);
    });
    const error = await cluster.list(configMaps).catch(thrown => thrown);
    expect(error.message).toContain('HTTP 502 <html>bad gateway');
    expect(error.message.length).toBeLessThan(300);
  });
});
