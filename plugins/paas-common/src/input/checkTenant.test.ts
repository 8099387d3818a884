import fs from 'node:fs';
import path from 'node:path';
import { checkTenant, readTenants } from './checkTenant';

const spec = { owner: 'team-shop', environments: [{ name: 'production' }] };
const document = {
  apiVersion: 'paas/v1',
  kind: 'Tenant',
  metadata: { name: 'shop' },
  spec,
};
const named = (name: unknown) => ({ ...document, metadata: { name } });
const having = (more: object) => ({ ...document, spec: { ...spec, ...more } });

function problemsOf(value: unknown) {
  const checked = checkTenant(value);
  return checked.ok
    ? []
    : checked.problems.map(({ path: at, message }) => `${at}: ${message}`);
}

describe('a tenant', () => {
  it('is read with its defaults, references whole and in lower case', () => {
    const checked = checkTenant(
      having({ members: [{ group: 'Team-Shop', role: 'developer' }] }),
    );
    expect(checked).toMatchObject({
      ok: true,
      value: {
        apiVersion: 'paas.understage.dev/v1',
        metadata: { name: 'shop' },
        spec: {
          owner: 'group:default/team-shop',
          members: [{ group: 'group:default/team-shop', role: 'developer' }],
          environments: [{ name: 'production', approval: false }],
          podSecurity: 'restricted',
          deletionPolicy: 'Retain',
          network: {
            allowFrom: [],
            egress: { internet: false, cidrs: [], tenants: [] },
          },
        },
      },
    });
  });

  it.each(['shop', 'data'])('of the examples is right: %s', name => {
    const file = path.join(
      __dirname,
      `../../../../examples/tenants/${name}.yaml`,
    );
    const [{ checked }] = readTenants(fs.readFileSync(file, 'utf8'), { file });
    expect(checked).toMatchObject({ ok: true, warnings: [] });
  });

  it('knows where in the file a problem stands', () => {
    const [{ checked }] = readTenants(
      'apiVersion: paas/v1\nkind: Tenant\nmetadata: { name: shop }\nspec:\n  owner: team-shop\n  environments:\n    - name: Prod\n',
    );
    expect(checked).toMatchObject({
      problems: [
        {
          path: 'spec.environments[0].name',
          line: 7,
          column: 13,
          suggestion: 'prod',
        },
      ],
    });
  });

  it.each([
    ['kube-system', /cluster's and the platform's own/],
    ['kube', /cluster's and the platform's own/],
    ['default', /cluster's and the platform's own/],
    ['understage-system', /cluster's and the platform's own/],
    ['x'.repeat(64), /64 characters long; at most 63/],
    ['shоp', /only looks like "o"/],
    ['__proto__', /lower-case letters/],
    ['-n', /starting and ending/],
    ['a; rm -rf', /lower-case letters/],
    ['shop\nroot', /lower-case letters/],
    ['', /empty text/],
    [7, /is the number 7|is 7/],
    [null, /null|nothing|empty/],
  ])('S17: can not be named %j', (name, sentence) => {
    expect(problemsOf(named(name)).join('\n')).toMatch(sentence);
  });

  it.each<[string, object, RegExp]>([
    [
      'a member twice with two roles',
      {
        members: [
          { group: 'team-a', role: 'admin' },
          { group: 'group:default/Team-A', role: 'viewer' },
        ],
      },
      /members\[1\]\.group: The member `group:default\/team-a` is given twice.*one role/,
    ],
    [
      'a member who is nobody',
      { members: [{ role: 'admin' }] },
      /names nobody/,
    ],
    [
      'a member who is a group and a person',
      { members: [{ group: 'a', user: 'b', role: 'admin' }] },
      /make two entries/,
    ],
    [
      'a role that there is not',
      { members: [{ group: 'a', role: 'owner' }] },
      /admin, developer or viewer/,
    ],
    [
      'a group of the cluster',
      { members: [{ group: 'system:masters', role: 'admin' }] },
      /members\[0\]\.group/,
    ],
    ['no environment', { environments: [] }, /at least 1/],
    [
      'an environment twice',
      { environments: [{ name: 'a' }, { name: 'a' }] },
      /The environment `a` is given twice/,
    ],
    [
      'two environments of one namespace',
      {
        environments: [
          { name: 'a', adopt: 'x' },
          { name: 'b', adopt: 'x' },
        ],
      },
      /The namespace `x` is given twice/,
    ],
    [
      'a namespace of the cluster',
      { environments: [{ name: 'a', adopt: 'kube-system' }] },
      /can not be given out/,
    ],
    [
      'a range that is none',
      { network: { egress: { cidrs: ['10.0.0.0/33'] } } },
      /no address range/,
    ],
    [
      'itself as its neighbour',
      { network: { allowTenants: ['shop'] } },
      /this tenant itself/,
    ],
    [
      'a default above the maximum',
      { limits: { default: { cpu: '4' }, max: { cpu: '2' } } },
      /limits\.default\.cpu` is 4, more than `limits\.max\.cpu` of 2/,
    ],
    ['a quota below zero', { quota: { pods: -1 } }, /quota\.pods/],
    ['a field of another name', { quotas: {} }, /did you mean `quota`/],
    ['an owner with a space', { owner: 'team shop' }, /spec\.owner/],
  ])('can not have %s', (_, more, sentence) => {
    expect(problemsOf(having(more)).join('\n')).toMatch(sentence);
  });

  it('belongs to no namespace', () => {
    expect(
      problemsOf({
        ...document,
        metadata: { name: 'shop', namespace: 'default' },
      }).join(),
    ).toMatch(/belongs to no namespace/);
  });

  it('has namespaces whose names fit', () => {
    const long = {
      ...document,
      metadata: { name: 't'.repeat(50) },
      spec: {
        ...spec,
        environments: [{ name: 'e'.repeat(20) }, { name: 'b' }],
      },
    };
    expect(problemsOf(long).join()).toMatch(/71 characters long/);
  });

  it('is told apart from an application', () => {
    expect(problemsOf({ ...document, kind: 'Application' }).join()).toMatch(
      /not a Tenant/,
    );
  });
});
