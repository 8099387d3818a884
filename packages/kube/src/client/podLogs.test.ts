import { PodLogQuery } from '../ports';
import { createPodLogReader } from './podLogs';
import { Transport, TransportRequest } from './transport';
import { RequestStatistics } from './requestStatistics';

/** A server that answers one log with these chunks. */
function serving(chunks: readonly (string | Uint8Array)[], status = 200) {
  const requests: TransportRequest[] = [];
  let destroyed = 0;
  async function* body() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const stream: Transport['stream'] = async request => {
    requests.push(request);
    return {
      status,
      headers: {},
      body: Object.assign(body(), {
        text: async () => chunks.join(''),
        destroy: () => {
          destroyed += 1;
        },
      }),
    };
  };
  const reader = createPodLogReader({
    stream,
    send: stream,
    statistics: new RequestStatistics(),
    server: 'https://test',
    close: async () => {},
  });
  return { reader, requests, destroyed: () => destroyed };
}

const query: PodLogQuery = {
  namespace: 'shop',
  pod: 'web-1',
  container: 'web',
  follow: false,
  previous: false,
  timestamps: false,
};

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('createPodLogReader', () => {
  it('puts lines together over chunks, also the last one without a break', async () => {
    const { reader, destroyed } = serving(['one\nt', 'wo\n\nthr', 'ee']);
    expect(await collect(reader.lines(query))).toEqual([
      'one',
      'two',
      '',
      'three',
    ]);
    expect(destroyed()).toBe(1);
  });

  it('keeps letters together that a chunk cuts, and replaces what is no text', async () => {
    const bytes = Buffer.from('é\n');
    const { reader } = serving([
      bytes.subarray(0, 1),
      bytes.subarray(1),
      Uint8Array.from([0xff, 0x0a]),
    ]);
    expect(await collect(reader.lines(query))).toEqual(['é', '\ufffd']);
  });

  it('cuts a line that never ends', async () => {
    const { reader } = serving(['x'.repeat(150_000)]);
    const lines = await collect(reader.lines(query));
    expect(lines.map(line => line.length)).toEqual([65536, 65536, 18928]);
  });

  it('asks for the lines wanted', async () => {
    const { reader, requests } = serving([]);
    await collect(
      reader.lines({ ...query, follow: true, tailLines: 5, sinceSeconds: 60 }),
    );
    expect(requests[0].path).toBe(
      '/api/v1/namespaces/shop/pods/web-1/log?container=web&follow=true&previous=false&timestamps=false&tailLines=5&sinceSeconds=60',
    );
    expect(requests[0].idleMs).toBe(0);
  });

  it('says why there is no log', async () => {
    const { reader } = serving(
      [
        '{"kind":"Status","message":"container not found","reason":"BadRequest"}',
      ],
      400,
    );
    await expect(collect(reader.lines(query))).rejects.toMatchObject({
      status: 400,
      message: 'reading the log of web-1 web: container not found',
    });
  });

  it('S12: makes no path of a name that is none', async () => {
    const { reader, requests } = serving([]);
    await expect(
      collect(reader.lines({ ...query, pod: '../secrets' })),
    ).rejects.toThrow('is not a name');
    expect(requests).toEqual([]);
  });
});
