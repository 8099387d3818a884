import { actions, isAtLeast, people, Person } from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

const names = Object.keys(people).filter(isPerson);
const cells = Object.keys(actions).flatMap(action =>
  names.map(person => ({ action, person })),
);
const registry = '/api/paas/.backstage/actions/v1/actions';

/** Every action that agents may call, as everybody (S8). */
describe('the matrix of roles, actions and tenants', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);
  afterAll(() => world?.stop());

  const invoke = (
    action: string,
    person: Person | undefined,
    side: 'own' | 'foreign' | 'missing',
  ) =>
    world.send('post', `${registry}/paas:${action}/invoke`, person, {
      body: actions[action].input(side),
    });

  it('has a row for every action', async () => {
    const { body, status } = await world.send('get', registry, 'ada');
    const registered: { name: string }[] = status === 404 ? [] : body.actions;
    expect(registered.map(({ name }) => name).sort()).toEqual(
      Object.keys(actions).sort(),
    );
  });

  it('shows no action to whoever is not signed in', async () => {
    const { body, status } = await world.send('get', registry);
    expect(status === 200 ? body.actions : []).toEqual([]);
  });

  if (cells.length === 0) return;

  it.each(cells)(
    '$action, as $person, of the own tenant',
    async ({ action, person }) => {
      const { status } = await invoke(action, person, 'own');
      const refused = [401, 403, 404].includes(status);
      expect(refused).toBe(!isAtLeast(person, actions[action].least, 'own'));
    },
  );

  it.each(cells)(
    '$action, as $person, of a foreign tenant, is answered as if it were not there',
    async ({ action, person }) => {
      const foreign = await invoke(action, person, 'foreign');
      if (isAtLeast(person, actions[action].least, 'foreign')) {
        expect([401, 403, 404]).not.toContain(foreign.status);
        return;
      }
      const missing = await invoke(action, person, 'missing');
      expect(foreign.status).toBe(missing.status);
      expect(foreign.text.replaceAll('training', 'nowhere1')).toBe(
        missing.text,
      );
    },
  );

  it.each(Object.keys(actions))(
    '%s, without credentials (S10)',
    async action => {
      const { status } = await invoke(action, undefined, 'own');
      expect([401, 403]).toContain(status);
    },
  );
});

function isPerson(name: string): name is Person {
  return Object.hasOwn(people, name);
}
