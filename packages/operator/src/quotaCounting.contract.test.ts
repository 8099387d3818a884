import { Playground } from '@understage/playground';
import {
  createOperatorWorld,
  OperatorWorld,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(180_000);

/** It has looked which kinds there are, and looks again in half a minute: by then the Tenant is there. */
async function lookedAround({ kubectl }: Playground): Promise<void> {
  await kubectl(['create', 'quota', 'canary', '--hard=pods=1']);
  const path = '-o=jsonpath={.status.hard.pods}';
  await waitFor('the quota to be counted', async () =>
    (await kubectl(['get', 'quota', 'canary', path])) === '1'
      ? true
      : undefined,
  );
}

let world: OperatorWorld;
let tenants: TenantsOf;
let operator: StartedOperator;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    beforeDefinitions: lookedAround,
  });
  tenants = tenantsOf(world);
  operator = await world.startOperator();
  await operator.leading();
});
afterAll(async () => {
  await operator?.stop();
  await world?.stop();
});

const applied = (name: string) => `
apiVersion: paas.understage.dev/v1
kind: Application
metadata: { name: ${name}, namespace: early }
spec: { components: [{ name: web, type: Deployment, image: registry.example.com/web:1 }] }
`;

const apply = (name: string) =>
  world.playground.kubectl(['create', '-f', '-'], applied(name));

describe('a quota for applications, right after the cluster has learnt what these are', () => {
  it('keeps its Tenant from being ready, says so, and holds by itself once the cluster counts them', async () => {
    await tenants.apply(
      'early',
      `
  owner: group:default/team-shop
  members: []
  environments: [{ name: prod }]
  quota: { cpu: "4", pods: 20, gpu: 1, loadBalancers: 1, services: 5, objects: 2 }
  storage: { classes: [{ name: fast, quota: 1Gi }] }
`,
    );
    const waiting = await tenants.waitForStatus(
      'early',
      'told that nothing is counted',
      ({ message }) =>
        message.includes('count/applications.paas.understage.dev'),
    );
    expect(waiting).toMatchObject({ state: 'Progressing' });
    expect(waiting.message).toContain('learns by itself, within six minutes');
    await expect(apply('too-early')).rejects.toThrow(
      'status unknown for quota: understage-quota',
    );

    await tenants.waitForStatus(
      'early',
      'ready without anybody doing anything',
      ({ state }) => state === 'Ready',
      120_000,
    );
    await apply('one');
    await apply('two');
    await expect(apply('three')).rejects.toThrow('exceeded quota');
  });
});
