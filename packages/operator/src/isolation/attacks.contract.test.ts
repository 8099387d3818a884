import { Attack, refusersOf, Use } from './__testUtils__/attack';
import {
  accountAttacks,
  podSecurityAttacks,
  podUses,
  quotaAttacks,
} from './__testUtils__/attacks/pods';
import {
  hostAttacks,
  networkAttacks,
  reachUses,
  serviceAttacks,
  storageAttacks,
} from './__testUtils__/attacks/reach';
import {
  memberAttacks,
  provisionerAttacks,
  rightsUses,
  roleAttacks,
  tenantAttacks,
} from './__testUtils__/attacks/rights';
import {
  bundleAttacks,
  namespaceAttacks,
  wallUses,
} from './__testUtils__/attacks/walls';
import {
  createIsolationWorld,
  IsolationWorld,
} from './__testUtils__/createIsolationWorld';
import { verdictOf } from './__testUtils__/verdict';

const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'the namespace': namespaceAttacks,
  'the bundle': bundleAttacks,
  volumes: storageAttacks,
  services: serviceAttacks,
  hosts: hostAttacks,
  'network policies': networkAttacks,
  'pods and nodes': podSecurityAttacks,
  'accounts of the platform': accountAttacks,
  quota: quotaAttacks,
  'roles and bindings': roleAttacks,
  'the provisioner': provisionerAttacks,
  Tenants: tenantAttacks,
  members: memberAttacks,
};

const uses: readonly Use[] = [
  ...wallUses,
  ...reachUses,
  ...podUses,
  ...rightsUses,
];

let world: IsolationWorld;
beforeAll(async () => {
  world = await createIsolationWorld();
}, 180_000);
afterAll(() => world?.stop(), 60_000);

describe.each(Object.entries(attacks))('%s', (_, each) => {
  it.each(each)('$id: $title', async attack => {
    const answer = await world.attempt(attack.as, attack.request);
    const verdict = verdictOf(answer);
    const refusers = refusersOf(attack);
    // The server's own words are shown when somebody else says no.
    expect({ verdict, words: answer.message }).toEqual({
      verdict: refusers.includes(verdict) ? verdict : refusers,
      words: expect.any(String),
    });
  });
});

describe('what tenants and platform need goes on working', () => {
  it.each(uses)('$title', async use => {
    const answer = await world.attempt(use.as, use.request);
    expect(answer).toMatchObject({ message: '' });
    expect(answer.status).toBeLessThan(300);
  });
});
