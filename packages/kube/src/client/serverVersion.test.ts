import { json, startHttpWorld, HttpWorld } from '../testing/httpWorld';

let world: HttpWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function versionOf(code: number, answer: unknown) {
  world = await startHttpWorld((_request, response) =>
    json(response, code, answer),
  );
  return world.cluster.version?.();
}

describe('the version of a cluster', () => {
  it.each([
    ['v1.36.3', 'v1.36.3'],
    ['v1.30.5-gke.1014001', 'v1.30.5'],
    ['v1.31.2+k3s1', 'v1.31.2'],
    ['1.29.0', 'v1.29.0'],
  ])('is told without what a vendor adds: %s', async (gitVersion, expected) => {
    await expect(versionOf(200, { gitVersion })).resolves.toBe(expected);
    expect(world?.seen[0].url.pathname).toBe('/version');
  });

  it('is not known where the cluster does not tell', async () => {
    await expect(versionOf(403, { message: 'no' })).resolves.toBeUndefined();
  });

  it.each<[string, number, unknown]>([
    ['an answer without one', 200, {}],
    ['an answer that is none', 200, { gitVersion: 'latest' }],
    ['a server that is broken', 500, { message: 'broken' }],
  ])('is not made up from %s', async (_, code, answer) => {
    await expect(versionOf(code, answer)).rejects.toThrow(
      'asking for the version',
    );
  });

  it('is asked for in the identity of the reader', async () => {
    world = await startHttpWorld((_request, response) =>
      json(response, 200, { gitVersion: 'v1.36.3' }),
    );
    await world.cluster.as({ user: 'ada' }).version?.();
    expect(world.seen[0].headers).toMatchObject({ 'impersonate-user': 'ada' });
  });
});
