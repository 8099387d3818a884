import { ServerResponse } from 'node:http';
import { fetchCapped } from './fetchCapped';
import { ChartServer, startChartServer } from './testing/startChartServer';

describe('fetchCapped', () => {
  let server: ChartServer;
  let other: ChartServer;
  beforeAll(async () => {
    server = await startChartServer();
    other = await startChartServer();
  });
  afterAll(async () => {
    await server.stop();
    await other.stop();
  });
  const limits = { maxBytes: 1000, timeoutMs: 5000 };
  const answer = (path: string, write: (response: ServerResponse) => void) => {
    server.handle(path, (_request, response) => write(response));
    return new URL(path, server.url);
  };
  const redirect = (to: string) =>
    answer('/redirect', response =>
      response.writeHead(302, { location: to }).end(),
    );

  it('reads an answer, whatever its status', async () => {
    const url = answer('/ok', response => response.end('text'));
    const fetched = await fetchCapped(url, limits);
    expect(fetched.status).toBe(200);
    expect(fetched.body.toString()).toBe('text');
    const missing = await fetchCapped(new URL('/none', server.url), limits);
    expect(missing.status).toBe(404);
  });

  it('follows a redirect to the same host, and to one that is configured', async () => {
    answer('/there', response => response.end('there'));
    other.handle('/other', (_request, response) => response.end('other'));
    const same = await fetchCapped(redirect('/there'), limits);
    expect(same.body.toString()).toBe('there');
    const configured = await fetchCapped(redirect(`${other.url}/other`), {
      ...limits,
      hosts: [new URL(other.url).host],
    });
    expect(configured.body.toString()).toBe('other');
  });

  it.each([
    ['another host', () => `${other.url}/other`],
    ['the metadata service of a cloud', () => 'http://169.254.169.254/latest'],
    ['a file', () => 'file:///etc/passwd'],
    ['no address', () => 'http://[bad'],
  ])('S14: follows no redirect to %s', async (_what, to) => {
    const before = other.asked.length;
    await expect(fetchCapped(redirect(to()), limits)).rejects.toMatchObject({
      reason: 'RepositoryUnreachable',
      message: expect.stringContaining('it redirects to'),
    });
    expect(other.asked).toHaveLength(before);
  });

  it('gives up on a ring of redirects', async () => {
    await expect(
      fetchCapped(redirect('/redirect'), limits),
    ).rejects.toMatchObject({
      message: expect.stringContaining('more than 3 redirects'),
    });
  });

  it('refuses more than the cap, declared or not', async () => {
    const declared = answer('/declared', response =>
      response.writeHead(200, { 'content-length': '5000' }).end(),
    );
    const undeclared = answer('/undeclared', response => {
      response.write('x'.repeat(800));
      response.end('x'.repeat(800));
    });
    for (const url of [declared, undeclared]) {
      await expect(fetchCapped(url, limits)).rejects.toThrow(
        'larger than 1000 bytes',
      );
    }
  });

  it('gives up on a server that goes silent', async () => {
    const url = answer('/silent', response => response.write('x'));
    await expect(
      fetchCapped(url, { maxBytes: 1000, timeoutMs: 50 }),
    ).rejects.toMatchObject({
      reason: 'RepositoryUnreachable',
      message: expect.stringContaining('no whole answer within 50 ms'),
    });
  });

  it('says which server can not be reached', async () => {
    const gone = await startChartServer();
    await gone.stop();
    await expect(
      fetchCapped(new URL('/index.yaml', gone.url), limits),
    ).rejects.toThrow(`${gone.url} did not answer as a chart repository`);
  });

  it('is aborted by its caller with the caller’s reason', async () => {
    const controller = new AbortController();
    const url = answer('/hang', () => controller.abort(new Error('enough')));
    await expect(
      fetchCapped(url, { ...limits, signal: controller.signal }),
    ).rejects.toThrow('enough');
  });
});
