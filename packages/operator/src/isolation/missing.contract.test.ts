import {
  createOperatorWorld,
  OperatorWorld,
  repositoryFile,
  StartedOperator,
} from '../__testUtils__/createOperatorWorld';
import { TenantsOf, tenantsOf } from '../__testUtils__/tenantsOf';
import { waitFor } from '../__testUtils__/waitFor';
import { admissionPolicies } from '../verification/admissionTrouble';
import { policies } from './__testUtils__/policies';

jest.setTimeout(60_000);

it('the operator looks for every policy of deploy/admission.yaml', () => {
  const names = policies.map(({ metadata }) => metadata.name);
  expect([...admissionPolicies]).toEqual(names.sort());
});

describe('a running operator', () => {
  let world: OperatorWorld;
  let tenants: TenantsOf;
  let started: StartedOperator;

  /** The tenant's report after another look, once it is as described. */
  const seen = (what: string, isReady: boolean) =>
    waitFor(
      what,
      async () => {
        await started.operator.resync();
        const status = await tenants.status('shop');
        return (status?.state === 'Ready') === isReady ? status : undefined;
      },
      30_000,
    );

  beforeAll(async () => {
    world = await createOperatorWorld({
      components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    });
    tenants = tenantsOf(world);
    started = await world.startOperator();
    await started.leading();
    await tenants.apply('shop');
    await seen('the tenant to be ready', true);
  }, 120_000);
  afterAll(async () => {
    await started?.stop();
    await world?.stop();
  });

  it.each(admissionPolicies)(
    'S32: says that %s is not in force, and is not green until it is again',
    async name => {
      await world.playground.kubectl([
        'delete',
        'validatingadmissionpolicybinding',
        name,
      ]);
      const { environments } = await seen(`${name} to be missed`, false);
      const [{ checks, message }] = environments;
      expect(checks).toContainEqual(
        expect.objectContaining({
          id: 'admission-policies-in-force',
          result: 'notEnforced',
          evidence: `These admission policies are not bound: ${name}. Install deploy/admission.yaml of Understage.`,
        }),
      );
      expect(message).toContain(name);
      await world.playground.kubectl([
        ...['apply', '--server-side', '-f'],
        repositoryFile('deploy/admission.yaml'),
      ]);
      await seen('the tenant to be ready again', true);
    },
  );
});
