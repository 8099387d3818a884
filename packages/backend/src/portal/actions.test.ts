import { addressOf, inputOf, registry } from './__testUtils__/calls';
import { actions } from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

/** Actions as agents find them; who may do what with them is part of the matrix. */
describe('the actions of agents', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);
  afterAll(() => world?.stop());

  it('are all in the matrix', async () => {
    const { body } = await world.send('get', registry, 'ada');
    const registered: { name: string }[] = body.actions;
    expect(registered.map(({ name }) => name).sort()).toEqual(
      Object.keys(actions).sort(),
    );
  });

  it('say what they take and what they do', async () => {
    const { body } = await world.send('get', registry, 'sam');
    const found = body.actions.find(
      ({ id }: { id: string }) => id === 'paas:delete-application',
    );
    expect(found).toMatchObject({
      attributes: { readOnly: false, destructive: true, idempotent: true },
      schema: {
        input: {
          type: 'object',
          required: ['cluster', 'namespace', 'name'],
          additionalProperties: false,
          properties: { uid: { type: 'string', maxLength: 64 } },
        },
      },
    });
  });

  it('are shown to nobody who is not signed in', async () => {
    const { status } = await world.send('get', registry);
    expect(status).toBe(401);
  });

  it.each(Object.entries(actions))(
    '%s takes nothing without credentials (S10)',
    async (action, route) => {
      const { status } = await world.send(
        'post',
        addressOf(action),
        undefined,
        { body: inputOf(route) },
      );
      expect(status).toBe(401);
    },
  );

  it('refuse fields that they do not know', async () => {
    const { status, text } = await world.send(
      'post',
      addressOf('get-tenant'),
      'ada',
      { body: { cluster: 'playground', name: 'shop', asUser: 'grace' } },
    );
    expect(status).toBe(400);
    expect(text).toContain('asUser');
  });

  it('leave the same line in the audit trail as the portal does', async () => {
    const change = {
      body: { cluster: 'playground', namespace: 'shop', name: 'checkout' },
    };
    await world.send('post', addressOf('pause-application'), 'sam', change);
    const { body } = await world.send(
      'post',
      addressOf('list-audit'),
      'grace',
      {
        body: { who: 'user:default/sam', action: 'pause' },
      },
    );
    expect(body.output.answer.items).toEqual([
      expect.objectContaining({
        who: 'user:default/sam',
        action: 'pause',
        tenant: 'shop',
        name: 'checkout',
        allowed: true,
      }),
    ]);
  });
});
