/** @jest-environment node */
import fs from 'node:fs';
import path from 'node:path';
import { checkTenant, readTenants } from '../input';
import { wholeTenant } from '../input/testing/wholeTenant';
import { ServedCrd, serveCrd } from './__testUtils__/servedCrd';
import { tenantCrd } from './tenantCrd';

jest.setTimeout(240_000);

const spec = { owner: 'team-shop', environments: [{ name: 'production' }] };
const tenant = (more: object, name = 'shop') => ({
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Tenant',
  metadata: { name },
  spec: { ...spec, ...more },
});
const named = (name: string) => tenant({}, name);
const amount = (cpu: string) => ({ default: { cpu } });

const adopts = (...namespaces: readonly string[]) => ({
  environments: namespaces.map((adopt, index) => ({
    name: `e${index}`,
    adopt,
  })),
});

describe('the CRD of tenants on a real API server', () => {
  let served: ServedCrd;

  beforeAll(async () => {
    served = await serveCrd(tenantCrd());
  });
  afterAll(() => served?.stop());

  it('accepts the examples, and a tenant that has everything', async () => {
    const examples = ['shop', 'data'].map(name => {
      const file = `../../../../examples/tenants/${name}.yaml`;
      const [{ checked }] = readTenants(
        fs.readFileSync(path.join(__dirname, file), 'utf8'),
      );
      return checked.ok ? checked.value : checked.problems;
    });
    const whole = { ...wholeTenant, apiVersion: 'paas.understage.dev/v1' };
    for (const each of [...examples, whole])
      expect(await served.refusalOf(each)).toBe('accepted');
  });

  it('accepts a tenant as large as can be: its rules stay within what the API server spends', async () => {
    const text = (index: number) => `${index}`.padStart(60, 'n');
    const large = tenant({
      members: Array.from({ length: 200 }, (_, index) => ({
        [index % 2 ? 'group' : 'user']: `${
          index % 2 ? 'group' : 'user'
        }:default/${text(index)}`,
        role: 'viewer',
      })),
      environments: Array.from({ length: 10 }, (_, index) => ({
        name: `e${index}`,
        adopt: text(index),
      })),
      network: {
        allowFrom: Array.from({ length: 20 }, (_, index) => text(index)),
        egress: {
          cidrs: Array.from(
            { length: 100 },
            (_, index) => `2001:db8:${index}::/48`,
          ),
          tenants: Array.from({ length: 100 }, (_, index) => text(index)),
        },
        allowTenants: Array.from({ length: 100 }, (_, index) => text(index)),
        domains: Array.from(
          { length: 100 },
          (_, index) => `${text(index)}.com`,
        ),
      },
    });
    expect(checkTenant(large).ok).toBe(true);
    expect(await served.refusalOf(large)).toBe('accepted');
  });

  it.each<[string, object]>([
    ['S17: the name default', named('default')],
    ['S17: the name kube-system', named('kube-system')],
    ['S17: the name understage-system', named('understage-system')],
    ['S17: a name of 64 characters', named('x'.repeat(64))],
    ['S17: a name of look-alikes', named('sh\u043ep')],
    ['S17: the name __proto__', named('__proto__')],
    ['S17: the name -n', named('-n')],
    ['S17: a name with a dot', named('a.b')],
    ['no environment', tenant({ environments: [] })],
    [
      'an environment twice',
      tenant({ environments: [{ name: 'a' }, { name: 'a' }] }),
    ],
    ['S17: a namespace of the cluster', tenant(adopts('kube-system'))],
    ['S17: the namespace of the platform', tenant(adopts('understage-system'))],
    ['two environments of one namespace', tenant(adopts('x', 'x'))],
    [
      'a namespace of more than 63 characters',
      tenant(
        { environments: [{ name: 'e'.repeat(20) }, { name: 'b' }] },
        't'.repeat(50),
      ),
    ],
    [
      'a member twice with two roles',
      tenant({
        members: [
          { group: 'team-a', role: 'admin' },
          { group: 'team-a', role: 'viewer' },
        ],
      }),
    ],
    [
      'a person twice',
      tenant({
        members: [
          { user: 'ada', role: 'admin' },
          { user: 'ada', role: 'admin' },
        ],
      }),
    ],
    ['a member who is nobody', tenant({ members: [{ role: 'admin' }] })],
    [
      'a member who is a group and a person',
      tenant({ members: [{ group: 'a', user: 'b', role: 'admin' }] }),
    ],
    [
      'a group of the cluster',
      tenant({ members: [{ group: 'system:masters', role: 'admin' }] }),
    ],
    [
      'a role that there is not',
      tenant({ members: [{ group: 'a', role: 'owner' }] }),
    ],
    ['an owner with a space', tenant({ owner: 'team shop' })],
    [
      'a range that is none',
      tenant({ network: { egress: { cidrs: ['10.0.0.0/33'] } } }),
    ],
    ['itself to call', tenant({ network: { egress: { tenants: ['shop'] } } })],
    ['itself to let in', tenant({ network: { allowTenants: ['shop'] } })],
    ['a quota below zero', tenant({ quota: { pods: -1 } })],
    ['a quantity that is none', tenant({ quota: { cpu: 'many' } })],
    ['a limit that is none', tenant({ limits: amount('1e9') })],
    ['pods that may do everything', tenant({ podSecurity: 'privileged' })],
    ['a field of another name', tenant({ quotas: {} })],
  ])('refuses what the checker refuses: %s', async (_, object) => {
    expect(checkTenant(object).ok).toBe(false);
    expect(await served.refusalOf(object)).toMatch(
      /is invalid|strict decoding|invalid for|metadata\.name|unknown field|field not declared|duplicate entries/,
    );
  });

  it('shows state, readiness, owner and message in a table', async () => {
    await served.apply(named('shown'));
    const [head] = (await served.kubectl(['get', 'tenants'])).split('\n');
    expect(head.trim().split(/\s+/)).toEqual([
      'NAME',
      'STATE',
      'READY',
      'OWNER',
      'MESSAGE',
      'AGE',
    ]);
  });

  it('keeps the status apart from what is wanted', async () => {
    await served.apply(named('apart'));
    await served.kubectl([
      ...['patch', 'tenant', 'apart', '--type=merge', '-p'],
      '{"status":{"state":"Ready"}}',
    ]);
    expect(
      await served.kubectl([
        'get',
        'tenant',
        'apart',
        '-o',
        'jsonpath={.status}',
      ]),
    ).toBe('');
  });
});
