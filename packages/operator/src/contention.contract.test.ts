import { KubeCluster, KubeObject } from '@understage/kube';
import { kindOf } from '@understage/plugin-paas-common';
import { applicationType } from '@understage/plugin-paas-node';
import {
  createOperatorWorld,
  OperatorWorld,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const ingresses = kindOf('networking.k8s.io/v1', 'Ingress')!;
const services = kindOf('v1', 'Service')!;
const deployments = kindOf('apps/v1', 'Deployment')!;

let world: OperatorWorld;
let running: StartedOperator;
/** Called before the operator's next write of the Service `shop-web`. */
let beforeService: (() => Promise<unknown>) | undefined;

/** Between the plan of the operator and its writes. */
function withGap(cluster: KubeCluster): KubeCluster {
  return {
    ...cluster,
    writer: options => {
      const writer = cluster.writer(options);
      return {
        ...writer,
        create: (...args) => writer.create(...args),
        update: (...args) => writer.update(...args),
        delete: (...args) => writer.delete(...args),
        apply: async (object, how) => {
          const { kind, metadata } = object;
          if (kind === 'Service' && metadata.name === 'shop-web') {
            const act = beforeService;
            beforeService = undefined;
            await act?.();
          }
          return writer.apply(object, how);
        },
      };
    },
  };
}

beforeAll(async () => {
  world = await createOperatorWorld();
  // What was refused is not tried again by itself: whoever goes on here was woken.
  running = await world.startOperator({
    through: withGap,
    retryRefusedMs: 3_600_000,
  });
  await running.leading();
});
afterAll(async () => {
  await running?.stop();
  await world?.stop();
});

const application = (name: string, host?: string) => `
apiVersion: paas/v1
kind: Application
metadata: { name: ${name} }
spec:
  components:
    - name: web
      type: Deployment
      image: registry.example.com/web:1
      resources: { limits: { cpu: 50m, memory: 64Mi } }
      ports: [{ name: http, port: 8080 }]
${host === undefined ? '' : `      expose: { host: ${host} }`}
`;

const stateOf = (namespace: string, name: string, wanted: string) =>
  world.waitForStatus(
    { namespace, name },
    wanted,
    ({ state, components }) =>
      state === wanted || components[0]?.reason === wanted,
  );

const kubectl = (yaml: string) =>
  world.playground.kubectl(['apply', '-f', '-'], yaml);

async function claimsOn(host: string): Promise<readonly KubeObject[]> {
  const { items } = await world.admin.list(ingresses);
  return items.filter(item => JSON.stringify(item.spec).includes(host));
}

async function remove(namespace: string, name: string): Promise<void> {
  const object = await world.admin.get(applicationType, { namespace, name });
  await world.admin.writer({ fieldManager: 'kubectl' }).delete(
    applicationType,
    { namespace, name },
    {
      uid: object?.metadata.uid ?? '',
    },
  );
}

describe('a host', () => {
  it('of another tenant is refused without a name, and goes over when it is free', async () => {
    await world.prepareNamespace('first');
    await world.prepareNamespace('second');
    await world.apply('first', application('shop', 'shop.example.com'));
    await stateOf('first', 'shop', 'Ready');
    await world.apply('second', application('thief', 'shop.example.com'));
    const status = await stateOf('second', 'thief', 'HostTaken');
    expect(status.components[0].message).toContain(
      'which an application of another namespace has',
    );
    expect(JSON.stringify(status)).not.toContain('first');
    const [claim, ...others] = await claimsOn('shop.example.com');
    expect(others).toEqual([]);
    expect(claim.metadata.namespace).toBe('first');
    // Everything but the host is there.
    const key = { namespace: 'second', name: 'thief-web' };
    expect(await world.admin.get(deployments, key)).toBeDefined();
    await remove('first', 'shop');
    await stateOf('second', 'thief', 'Ready');
    expect(await claimsOn('shop.example.com')).toMatchObject([
      { metadata: { namespace: 'second' } },
    ]);
  });

  it("that two ask for at once is one application's in the end", async () => {
    const host = 'race.example.com';
    const namespaces = ['race-a', 'race-b', 'race-c'];
    for (const each of namespaces) await world.prepareNamespace(each);
    await Promise.all(
      namespaces.map(each => world.apply(each, application('shop', host))),
    );
    const states = await waitFor(
      'one to have it, the others to know',
      async () => {
        const all = await Promise.all(
          namespaces.map(each => world.status(each, 'shop')),
        );
        const reasons = all.map(status => status?.components[0]?.reason);
        const settled =
          reasons.filter(each => each === 'HostTaken').length === 2 &&
          reasons.includes('Ready');
        return settled ? reasons : undefined;
      },
      90_000,
    );
    const winner = namespaces[states.indexOf('Ready')];
    expect(await claimsOn(host)).toMatchObject([
      { metadata: { namespace: winner } },
    ]);
  });

  it('that a wildcard of somebody else covers is refused, until that is gone', async () => {
    await world.prepareNamespace('covered');
    // Of nobody: a tenant may have no wildcard.
    await kubectl(`
apiVersion: v1
kind: Namespace
metadata: { name: legacy }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: everything, namespace: legacy }
spec:
  rules:
    - host: '*.covered.io'
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: x, port: { number: 80 } } } }] }
`);
    await world.apply('covered', application('shop', 'shop.covered.io'));
    const { components } = await stateOf('covered', 'shop', 'HostTaken');
    expect(components[0].message).toContain('an Ingress of another namespace');
    await world.playground.kubectl([
      ...['delete', 'ingress', 'everything', '-n', 'legacy'],
    ]);
    await stateOf('covered', 'shop', 'Ready');
  });
});

describe('a name', () => {
  const foreign = (namespace: string, more = '') => `
apiVersion: v1
kind: Service
metadata:
  name: shop-web
  namespace: ${namespace}
${more}
spec: { selector: { app: legacy }, ports: [{ name: legacy, port: 99 }] }
`;
  const key = (namespace: string) => ({ namespace, name: 'shop-web' });

  it.each([
    [
      'is deleted',
      'gone',
      () =>
        world.playground.kubectl([
          ...['delete', 'service', 'shop-web', '-n', 'gone'],
        ]),
    ],
    [
      'is handed over',
      'given',
      () =>
        world.playground.kubectl([
          ...['annotate', 'service', 'shop-web', '-n', 'given'],
          'understage.dev/adopt=true',
        ]),
    ],
  ])(
    'that somebody else has is ours as soon as their object %s',
    async (_, namespace, letGo) => {
      await world.prepareNamespace(namespace);
      await kubectl(foreign(namespace));
      await world.apply(namespace, application('shop'));
      const status = await stateOf(namespace, 'shop', 'OwnedByOther');
      expect(status.message).toContain('field manager kubectl');
      await letGo();
      await stateOf(namespace, 'shop', 'Ready');
      expect(
        (await world.admin.get(services, key(namespace)))?.metadata
          .ownerReferences,
      ).toMatchObject([{ kind: 'Application', name: 'shop' }]);
    },
  );

  it('that somebody takes between plan and write is not merged into', async () => {
    await world.prepareNamespace('gap');
    beforeService = () => kubectl(foreign('gap'));
    await world.apply('gap', application('shop'));
    await stateOf('gap', 'shop', 'OwnedByOther');
    const object = await world.admin.get(services, key('gap'));
    expect(object?.metadata).not.toHaveProperty('ownerReferences');
    expect(object).toMatchObject({
      spec: { selector: { app: 'legacy' }, ports: [{ port: 99 }] },
    });
  });

  it('whose object is replaced between plan and write is not written to', async () => {
    await world.prepareNamespace('swapped');
    await world.apply('swapped', application('shop'));
    await stateOf('swapped', 'shop', 'Ready');
    beforeService = async () => {
      await world.playground.kubectl([
        ...['delete', 'service', 'shop-web', '-n', 'swapped'],
      ]);
      await kubectl(foreign('swapped'));
    };
    await world.apply(
      'swapped',
      application('shop').replace('port: 8080', 'port: 9090'),
    );
    await stateOf('swapped', 'shop', 'OwnedByOther');
    expect(await world.admin.get(services, key('swapped'))).toMatchObject({
      spec: { selector: { app: 'legacy' }, ports: [{ port: 99 }] },
    });
  });
});

it('a label that somebody takes off one of ours is put back', async () => {
  await world.prepareNamespace('labels');
  await world.apply('labels', application('shop'));
  await stateOf('labels', 'shop', 'Ready');
  await world.playground.kubectl([
    ...['label', 'deployment', 'shop-web', '-n', 'labels'],
    'understage.dev/application-',
  ]);
  await waitFor('the label to be back', async () => {
    const key = { namespace: 'labels', name: 'shop-web' };
    const object = await world.admin.get(deployments, key);
    return object?.metadata.labels?.['understage.dev/application'];
  });
});
