import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { clusterApplication } from '@understage/plugin-paas-node';
import { isAtLeast, Least, people, Person, routes, Row } from './expected';
import { startWorld } from './world';

type World = Awaited<ReturnType<typeof startWorld>>;
type RouteId = keyof typeof routes;
type Side = 'own' | 'foreign' | 'missing';

interface Answer {
  readonly status: number;
  readonly message: string;
}

const names = Object.keys(people).filter(isPerson);
const ids = Object.keys(routes).filter(isRouteId);
const cells = ids.flatMap(id => names.map(person => ({ id, person })));

/** What is theirs, what is not, and what is not there: names of equal length, so that answers differ in them alone. */
const applications: Record<Side, { namespace: string; name: string }> = {
  own: { namespace: 'shop', name: 'checkout' },
  foreign: { namespace: 'data', name: 'training' },
  missing: { namespace: 'data', name: 'nowhere1' },
};

const queries: Partial<Record<RouteId, string>> = {
  getObject: '?kind=Application&name=NAME',
  readLogs: '?follow=false',
};

/** What routes take; a new route with a body has to say here what it is asked with. */
function bodyOf(id: RouteId, side: Side): object | undefined {
  const { namespace, name } = applications[side];
  const application = clusterApplication({ namespace, name });
  switch (id) {
    case 'plan':
    case 'apply':
      return { cluster: 'playground', application };
    case 'rollback':
      return { revision: 1 };
    default:
      return undefined;
  }
}

describe('the matrix of roles, routes and tenants (S8)', () => {
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
    const { method, path }: ApiRoute = apiRoutes[id];
    const { namespace, name } = applications[side];
    const address = path.replace(
      ':cluster/:namespace/:name',
      `playground/${namespace}/${name}`,
    );
    const query = (queries[id] ?? '').replace('NAME', name);
    const { status, body, text } = await world.send(
      method,
      `/api/paas${address}${query}`,
      person,
      { body: bodyOf(id, side) },
    );
    return { status, message: body?.error?.message ?? '', text };
  }

  it('has a row for every route, and every row has a route', () => {
    expect([...ids].sort()).toEqual(Object.keys(apiRoutes).sort());
  });

  it.each(ids)('%s declares who may call it', id => {
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

  const about = (...kinds: Row['about'][]) =>
    cells.filter(({ id }) => kinds.includes(routes[id].about));
  const leastOf = (id: RouteId): Least => {
    const row = routes[id];
    return 'least' in row ? row.least : 'platform';
  };

  describe('about one application', () => {
    it.each(about('application', 'applicationFile'))(
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

    it.each(about('application', 'applicationFile'))(
      '$id, as $person, of a foreign tenant, is answered as if it were not there',
      async ({ id, person }) => {
        const foreign = await call(id, person, 'foreign');
        const missing = await call(id, person, 'missing');
        if (isAtLeast(person, leastOf(id), 'foreign')) {
          expect(wasGiven(foreign)).toBe(true);
          return;
        }
        expect(foreign.status).toBe(refusalOf(id));
        expect(foreign.text.replaceAll('training', 'nowhere1')).toBe(
          missing.text,
        );
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

    it.each(about('platform'))('$id, as $person', async ({ id, person }) => {
      const { status, text } = await call(id, person, 'own');
      expect(status).toBe(isAtLeast(person, leastOf(id), 'own') ? 200 : 403);
      // One of three applications is theirs: any other number tells of foreign ones.
      if (status === 200 && people[person] !== 'platform') {
        expect(JSON.parse(text).items[0].applications).toBe(1);
      }
    });
  });

  describe('without credentials (S10)', () => {
    it.each(ids)('%s', async id => {
      const row = routes[id];
      const isOpen = row.about === 'nothing' && row.open === 'public';
      const query = id === 'stream' ? '?topic=applications' : queries[id];
      const { method, path }: ApiRoute = apiRoutes[id];
      const { status } = await world.send(
        method,
        `/api/paas${path}${query ?? ''}`,
        undefined,
        { body: bodyOf(id, 'own') },
      );
      expect(status).toBe(isOpen ? 200 : 401);
    });
  });
});

// The double of a cluster fails whatever it is asked: who got that far was let through.
function wasGiven({ status }: Answer): boolean {
  return ![401, 403, 404].includes(status);
}

// What is named in the path is not found; what is sent may not be applied, whether it is there or not.
function refusalOf(id: RouteId): number {
  return routes[id].about === 'application' ? 404 : 403;
}

function isPerson(name: string): name is Person {
  return Object.hasOwn(people, name);
}

function isRouteId(name: string): name is RouteId {
  return Object.hasOwn(routes, name);
}
