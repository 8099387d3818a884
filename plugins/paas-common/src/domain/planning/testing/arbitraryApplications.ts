import fc from 'fast-check';
import { Application } from '../../../schema/Application';
import { applicationOf } from '../../rendering/testing/applicationOf';

const names = ['db', 'api', 'web', 'nightly'] as const;
type Name = (typeof names)[number];

const common = {
  image: fc.constantFrom('example.com/a:1', 'example.com/a:2'),
  env: fc.array(
    fc.record({
      name: fc.constantFrom('A', 'B', 'C'),
      value: fc.constantFrom('', '1', 'x'),
    }),
    { maxLength: 2 },
  ),
  files: fc.constantFrom([], [{ path: '/etc/a.conf', content: 'a = 1' }]),
};

const server = {
  ...common,
  replicas: fc.integer({ min: 0, max: 4 }),
  ports: fc.constant([{ name: 'http', port: 8080 }]),
  volumes: fc.constantFrom(
    [],
    [{ name: 'data', size: '1Gi', mountPath: '/data' }],
  ),
};

const bodies: Readonly<Record<Name, fc.Arbitrary<object>>> = {
  db: fc.record({ type: fc.constant('StatefulSet'), ...server }),
  api: fc.record({ type: fc.constant('Deployment'), ...server }),
  web: fc.record({ type: fc.constant('Deployment'), ...server }),
  nightly: fc.record({
    type: fc.constant('CronJob'),
    ...common,
    schedule: fc.constant('0 3 * * *'),
  }),
};

function component(name: Name) {
  return bodies[name].map(body => ({ name, ...body }));
}

/** Calls from later names to earlier ones, so that there is no ring. */
function dependencies(present: readonly Name[]) {
  const edges = present.flatMap((from, index) =>
    present
      .slice(0, index)
      .filter(to => to !== 'nightly')
      .map(to => `${from} -> ${to}:8080`),
  );
  return fc.subarray(edges);
}

function withUniqueEnv(each: {
  readonly name: string;
  readonly env?: unknown;
}) {
  const env = Array.isArray(each.env) ? each.env : [];
  const byName = new Map(env.map(entry => [entry.name, entry]));
  return { ...each, env: [...byName.values()] };
}

/** Valid applications named `shop`, of one to four components with calls between them. */
export const arbitraryShop: fc.Arbitrary<Application> = fc
  .subarray([...names], { minLength: 1 })
  .chain(present =>
    fc.record({
      components: fc.tuple(...present.map(component)),
      dependencies: dependencies(present),
      deletionPolicy: fc.constantFrom('Retain', 'Delete'),
    }),
  )
  .map(({ components, ...spec }) => {
    const application = applicationOf({
      ...spec,
      components: components.map(withUniqueEnv),
    });
    return {
      ...application,
      metadata: { ...application.metadata, uid: 'shop' },
    };
  });
