import { HttpWorld, json, startHttpWorld, status } from '../testing/httpWorld';

let world: HttpWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const resource = (plural: string, kind: string, scope = 'Namespaced') => ({
  resource: plural,
  responseKind: { kind },
  scope,
});

describe('discovery', () => {
  it('takes a resource from the first version that has it', async () => {
    world = await startHttpWorld(({ url }, response) =>
      json(
        response,
        200,
        url.pathname === '/api'
          ? {
              items: [
                {
                  versions: [
                    {
                      version: 'v1',
                      resources: [resource('nodes', 'Node', 'Cluster')],
                    },
                  ],
                },
              ],
            }
          : {
              items: [
                {
                  metadata: { name: 'shop.example' },
                  versions: [
                    { version: 'v2', resources: [resource('carts', 'Cart')] },
                    {
                      version: 'v1',
                      resources: [
                        resource('carts', 'Cart'),
                        resource('coupons', 'Coupon'),
                      ],
                    },
                  ],
                },
              ],
            },
      ),
    );
    expect(await world.cluster.resourceTypes()).toEqual([
      {
        group: '',
        version: 'v1',
        kind: 'Node',
        plural: 'nodes',
        namespaced: false,
      },
      {
        group: 'shop.example',
        version: 'v2',
        kind: 'Cart',
        plural: 'carts',
        namespaced: true,
      },
      {
        group: 'shop.example',
        version: 'v1',
        kind: 'Coupon',
        plural: 'coupons',
        namespaced: true,
      },
    ]);
  });

  it('steps over what it does not understand', async () => {
    world = await startHttpWorld((_request, response) =>
      json(response, 200, {
        items: [
          5,
          null,
          { versions: [{ version: 'v1', resources: [{}, 'x'] }] },
        ],
      }),
    );
    expect(await world.cluster.resourceTypes()).toEqual([]);
  });

  it('fails when the server refuses', async () => {
    world = await startHttpWorld((_request, response) =>
      json(response, 503, status(503, 'ServiceUnavailable')),
    );
    await expect(world.cluster.resourceTypes()).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('discovering /api'),
    });
  });
});
