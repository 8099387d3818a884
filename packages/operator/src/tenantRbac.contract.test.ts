import { probeUser } from './verification/tryProbe';
import {
  createOperatorWorld,
  OperatorWorld,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import {
  probeOperator,
  ProbeRules,
  Rule,
  rulesIn,
  withoutVerb,
} from './__testUtils__/rbacRules';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const clusterRules = rulesIn('operator-rbac.yaml', 'ClusterRole');
const leaseRules = rulesIn('operator-rbac.yaml', 'Role');

let world: OperatorWorld;
let tenants: TenantsOf;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    // Here RBAC is what refuses, and operators have other names than theirs.
    admission: false,
  });
  tenants = tenantsOf(world);
});
afterAll(() => world?.stop());

const withoutResource = (rules: readonly Rule[], resource: string) =>
  rules.map(rule => ({
    ...rule,
    resources: rule.resources.filter(each => each !== resource),
  }));

const everything = JSON.stringify;
const isVerified = ({
  environments: [first],
}: {
  environments: readonly { checks: readonly object[] }[];
}) => first?.checks.length > 0;

describe("the operator's rights on tenants", () => {
  let running: StartedOperator | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  async function lacking(rules: ProbeRules, name: string) {
    running = await probeOperator(world, rules);
    await running.leading();
    await tenants.apply(name);
    return running;
  }

  const says = ({ log }: StartedOperator, sentence: RegExp) =>
    waitFor(`the operator to say ${sentence}`, () =>
      log.find(line => sentence.test(line)),
    );

  it('include to hold a Tenant: without, nothing is made that nobody would clear away', async () => {
    const rules = withoutVerb(clusterRules, 'tenants', 'update');
    const operator = await lacking({ cluster: rules }, 'not-held');
    await says(operator, /reconcile failed.*finalizers of Tenant not-held/);
    expect(await tenants.clusterScoped('not-held')).toEqual([]);
  });

  it('include to report: without, nothing is told', async () => {
    const rules = withoutResource(clusterRules, 'tenants/status');
    const operator = await lacking({ cluster: rules }, 'not-told');
    await says(operator, /status not written.*forbidden/);
    expect(await tenants.status('not-told')).toBeUndefined();
  });

  it('include to act as the provisioner: without, nothing is made', async () => {
    const lease = leaseRules.filter(
      ({ verbs }) => !verbs.includes('impersonate'),
    );
    await lacking({ lease }, 'not-made');
    const status = await tenants.waitForStatus('not-made', 'refused', each =>
      everything(each).includes('may not act as understage-provisioner'),
    );
    expect(status.state).toBe('Failed');
    expect(await tenants.clusterScoped('not-made')).toEqual([]);
  });

  it.each([
    'deployer',
    'probe-admin',
    'probe-developer',
    'probe-viewer',
    'probe-pods',
  ])(
    'include to act as understage-%s: without, what it would try is unknown',
    async account => {
      const name = `not-${account}`;
      const cluster = clusterRules.map(rule =>
        rule.resourceNames
          ? {
              ...rule,
              resourceNames: rule.resourceNames.filter(
                each => each !== `understage-${account}`,
              ),
            }
          : rule,
      );
      await lacking({ cluster }, name);
      const status = await tenants.waitForStatus(name, 'verified', isVerified);
      const unknown = status.environments[0].checks.filter(
        ({ result }) => result === 'unknown',
      );
      expect(unknown.length).toBeGreaterThan(0);
      expect(status.state).not.toBe('Ready');
      for (const { evidence } of unknown)
        expect(evidence).toMatch(/cannot impersonate/);
    },
  );

  it.each([
    ['validatingadmissionpolicies'],
    ['validatingadmissionpolicybindings'],
  ])(
    'include to see %s: without, it is not told why nothing is refused',
    async resource => {
      const name = resource.slice(0, 40);
      const rules = withoutResource(clusterRules, resource);
      await lacking({ cluster: rules }, name);
      const status = await tenants.waitForStatus(name, 'verified', isVerified);
      expect(everything(status)).toContain(
        'Whether the admission policies are there could not be read',
      );
    },
  );

  it('are enough; a cluster without the admission policies is not green, and it is told why', async () => {
    const operator = await lacking({}, 'whole');
    const status = await tenants.waitForStatus('whole', 'verified', isVerified);
    expect(status.state).not.toBe('Ready');
    expect(everything(status)).toContain(
      'The cluster has none of the admission policies. Install deploy/admission.yaml',
    );
    expect(operator.log.join()).not.toMatch(/forbidden/);
  });
});

describe('the accounts of an environment', () => {
  it('are named as the operator may impersonate them', () => {
    const named = clusterRules
      .flatMap(({ resourceNames = [] }) => resourceNames)
      .sort();
    const used = (['deployer', 'admin', 'developer', 'viewer', 'pods'] as const)
      .map(identity => probeUser(identity, 'shop').split(':')[3])
      .sort();
    expect(named).toEqual(used);
  });
});
