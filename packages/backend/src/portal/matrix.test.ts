import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import {
  actionIds,
  actionOf,
  addressOf,
  callOf,
  inputOf,
  RouteId,
  routeIds,
  Side,
  subjectOf,
} from './__testUtils__/calls';
import {
  isAtLeast,
  Least,
  people,
  Person,
  routes,
  Row,
} from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

interface Answer {
  readonly status: number;
  readonly message: string;
}

const names = Object.keys(people).filter(isPerson);

/** By HTTP, and by the actions of agents: who may do what is the same. */
const doors = [
  { door: 'routes', ids: routeIds },
  { door: 'actions', ids: actionIds },
];

describe('the table of routes', () => {
  it('has a row for every route, and every row has a route', () => {
    expect([...routeIds].sort()).toEqual(Object.keys(apiRoutes).sort());
  });

  it.each(routeIds)('%s declares who may call it', id => {
    const { access }: ApiRoute = apiRoutes[id];
    const row = routes[id];
    expect(access).toEqual(
      row.about === 'nothing'
        ? row.open
        : expect.arrayContaining([
            expect.objectContaining({ name: expect.any(String) }),
          ]),
    );
  });
});

describe.each(doors)('the matrix of roles, $door and tenants (S8)', matrix => {
  const { door, ids } = matrix;
  const cells = ids.flatMap(id => names.map(person => ({ id, person })));
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);
  afterAll(() => world?.stop());

  async function call(
    id: RouteId,
    person: Person | undefined,
    side: Side,
  ): Promise<Answer & { readonly text: string }> {
    const {
      method,
      address,
      body: sent,
    } = door === 'routes' ? callOf(id, side) : invocationOf(id, side);
    const { status, body, text } = await world.send(method, address, person, {
      body: sent,
    });
    const message = body?.error?.message ?? '';
    const answer = body?.output?.answer;
    return {
      status,
      message,
      text: answer === undefined ? text : JSON.stringify(answer),
    };
  }

  const about = (...kinds: Row['about'][]) =>
    cells.filter(({ id }) => kinds.includes(routes[id].about));
  const leastOf = (id: RouteId): Least => {
    const row = routes[id];
    return 'least' in row ? row.least : 'platform';
  };

  describe('about one', () => {
    it.each(about('application', 'applicationFile', 'tenant', 'tenantFile'))(
      '$id, as $person, of the own tenant',
      async ({ id, person }) => {
        const answer = await call(id, person, 'own');
        if (isAtLeast(person, leastOf(id), 'own')) {
          expect(wasGiven(answer)).toBe(true);
        } else if (people[person] === 'outsider') {
          expect(answer.status).toBe(refusalOf(id));
        } else {
          expect(answer.status).toBe(403);
          expect(answer.message).toContain('permission');
        }
      },
    );

    it.each(about('application', 'applicationFile', 'tenant', 'tenantFile'))(
      '$id, as $person, of a foreign tenant, is answered as if it were not there',
      async ({ id, person }) => {
        const foreign = await call(id, person, 'foreign');
        const missing = await call(id, person, 'missing');
        if (isAtLeast(person, leastOf(id), 'foreign')) {
          expect(wasGiven(foreign)).toBe(true);
          return;
        }
        expect(foreign.status).toBe(refusalOf(id));
        const [theirs, nobodys] = [
          subjectOf(id, 'foreign'),
          subjectOf(id, 'missing'),
        ];
        expect(foreign.text.replaceAll(theirs, nobodys)).toBe(missing.text);
      },
    );
  });

  describe('about many', () => {
    it.each(about('applications'))(
      '$id, as $person, holds and counts what they may see',
      async ({ id, person }) => {
        const { status, text } = await call(id, person, 'own');
        expect(status).toBe(200);
        const { items, total, counts } = JSON.parse(text);
        const seen = {
          platform: ['checkout', 'reports', 'training'],
          outsider: [],
        };
        const expected =
          people[person] in seen
            ? seen[people[person] as keyof typeof seen]
            : ['checkout'];
        expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(
          expected,
        );
        expect(total).toBe(expected.length);
        expect(
          Object.values<number>(counts).reduce((sum, each) => sum + each, 0),
        ).toBe(expected.length);
      },
    );

    it.each(about('tenants'))(
      '$id, as $person, holds and counts what they may see',
      async ({ id, person }) => {
        const { status, text } = await call(id, person, 'own');
        // Whoever belongs to no tenant has nothing to ask for.
        if (people[person] === 'outsider') {
          expect(status).toBe(403);
          return;
        }
        const expected =
          people[person] === 'platform' ? ['data', 'shop'] : ['shop'];
        const { items, total, counts } = JSON.parse(text);
        expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(
          expected,
        );
        expect(total).toBe(expected.length);
        expect(
          Object.values<number>(counts).reduce((sum, each) => sum + each, 0),
        ).toBe(expected.length);
      },
    );

    it.each(about('audit'))(
      '$id, as $person, holds lines of the own tenants',
      async ({ id, person }) => {
        // There are lines of both tenants: of what was tried above, and of this.
        await call('deleteTenant', 'ada', 'foreign');
        await call('deleteTenant', 'ada', 'own');
        const { status, text } = await call(id, person, 'own');
        expect(status).toBe(isAtLeast(person, leastOf(id), 'own') ? 200 : 403);
        if (status !== 200) return;
        const items: { tenant?: string }[] = JSON.parse(text).items;
        const tenants = [...new Set(items.map(({ tenant }) => tenant))];
        if (people[person] === 'platform') {
          expect(tenants).toEqual(expect.arrayContaining(['data', 'shop']));
        } else expect(tenants).toEqual(['shop']);
      },
    );

    it.each(about('charts'))('$id, as $person', async ({ id, person }) => {
      const { status } = await call(id, person, 'own');
      // No repository is configured here: who may ask is told that there is none.
      const given = id === 'getChart' ? 404 : 200;
      expect(status).toBe(isAtLeast(person, leastOf(id), 'own') ? given : 403);
    });

    it.each(about('platform'))('$id, as $person', async ({ id, person }) => {
      const { status, text } = await call(id, person, 'own');
      expect(status).toBe(isAtLeast(person, leastOf(id), 'own') ? 200 : 403);
      // One of three applications is theirs: any other number tells of foreign ones.
      if (status === 200 && people[person] !== 'platform') {
        expect(JSON.parse(text).items[0].applications).toBe(1);
      }
    });
  });
});

function invocationOf(id: RouteId, side: Side) {
  return {
    method: 'post' as const,
    address: addressOf(actionOf(id)),
    body: inputOf(id, side),
  };
}

// The double of a cluster fails whatever it is asked: who got that far was let through.
function wasGiven({ status }: Answer): boolean {
  return ![401, 403, 404].includes(status);
}

// What is named in the path is not found; what is sent may not be applied, whether it is there or not.
function refusalOf(id: RouteId): number {
  return ['application', 'tenant'].includes(routes[id].about) ? 404 : 403;
}

function isPerson(name: string): name is Person {
  return Object.hasOwn(people, name);
}
