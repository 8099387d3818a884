import fc from 'fast-check';
import { Tenant } from '../../schema/Tenant';
import { TenantCheck, TenantStatus } from '../../schema/TenantStatus';
import { readTenantStatus } from '../../schema/readStored';
import { Outcome } from '../action';
import { recordAt } from '../jsonValue';
import { isWrite } from '../planning';
import { renderTenant } from './renderTenant';
import { reportTenant, tenantStatusEquals } from './reportTenant';
import { TenantReportInput } from './reporting/TenantReportInput';
import { arbitraryTenant, tenantOf } from './testing/tenantOf';
import {
  counted,
  foreignNamespace,
  leaving,
  TenantWorld,
} from './testing/TenantWorld';

const now = new Date('2026-11-23T10:00:00.500Z');
const later = new Date('2026-11-23T11:00:00Z');

function check(
  result: TenantCheck['result'],
  parts: Partial<TenantCheck> = {},
): TenantCheck {
  return {
    id: 'viewer-reads-secrets',
    dimension: 'identity',
    title: 'A viewer reads the secrets of the environment.',
    result,
    ...(result === 'enforced' && { by: 'rbac' }),
    evidence: 'The words of the server.',
    ...parts,
  };
}

/** The same checks for every environment. */
function checksOf(
  tenant: Tenant,
  ...checks: readonly TenantCheck[]
): TenantReportInput['checks'] {
  return new Map(tenant.spec.environments.map(({ name }) => [name, checks]));
}

/** What a pass over a world came to; `outcomeOf` says what became of a write. */
function pass(
  tenant: Tenant,
  world: TenantWorld,
  parts: Partial<TenantReportInput> & {
    readonly outcomeOf?: (action: Outcome['action']) => Outcome;
  } = {},
): TenantReportInput {
  const { outcomeOf = action => ({ kind: 'done', action }), ...rest } = parts;
  const observed = world.observe(tenant);
  const plan = world.plan(tenant);
  return {
    tenant,
    planned: {
      desired: renderTenant(tenant, { retainedVolumes: [] }),
      observed,
      plan,
      offboarding: tenant.metadata.deletionTimestamp !== undefined,
    },
    outcomes: plan.actions.filter(isWrite).map(outcomeOf),
    now,
    ...rest,
  };
}

function standing(tenant: Tenant): TenantWorld {
  const world = new TenantWorld();
  world.settle(tenant);
  return world;
}

const conditionOf = (status: TenantStatus, type: string) =>
  status.conditions.find(each => each.type === type);

const shop = tenantOf({ environments: [{ name: 'dev' }, { name: 'prod' }] });

describe('a tenant of which everything is there and enforced', () => {
  const { status, transitions } = reportTenant(
    pass(shop, standing(shop), { checks: checksOf(shop, check('enforced')) }),
  );

  it('is ready, as are its environments and conditions', () => {
    expect(status).toMatchObject({
      observedGeneration: 1,
      state: 'Ready',
      message:
        'All 2 environments are ready, and all 2 checks of isolation hold.',
      environments: [
        { name: 'dev', namespace: 'shop-dev', state: 'Ready', reason: 'Ready' },
        { name: 'prod', namespace: 'shop-prod', state: 'Ready' },
      ],
    });
    expect(
      status.conditions.map(({ type, status: is }) => `${type} ${is}`),
    ).toEqual([
      'Valid True',
      'Provisioned True',
      'Isolated True',
      'Ready True',
    ]);
    expect(status.notices).toBeUndefined();
    expect(transitions).toEqual([
      { type: 'Normal', reason: 'Ready', message: status.message },
    ]);
  });

  it('is reported once: nothing changes by looking again, however much later', () => {
    const again = reportTenant(
      pass(shop, standing(shop), {
        checks: checksOf(shop, check('enforced')),
        previous: status,
        now: later,
      }),
    );
    expect(tenantStatusEquals(again.status, status)).toBe(true);
    expect(again.transitions).toEqual([]);
  });

  it('has a status that can be read back from the cluster', () => {
    const read = readTenantStatus(JSON.parse(JSON.stringify(status)));
    expect(tenantStatusEquals(read, status)).toBe(true);
  });

  it('writes times to the second', () => {
    expect(conditionOf(status, 'Ready')?.lastTransitionTime).toBe(
      '2026-11-23T10:00:00Z',
    );
  });
});

describe('a tenant is never ready', () => {
  it.each<[string, TenantReportInput['checks'], string, string]>([
    ['while nothing was tried', undefined, 'Progressing', 'Verifying'],
    [
      'while one environment was not',
      new Map([['dev', [check('enforced')]]]),
      'Progressing',
      'Verifying',
    ],
    [
      'while there is nothing to try',
      checksOf(shop),
      'Progressing',
      'Verifying',
    ],
    [
      'while something was let through',
      checksOf(shop, check('enforced'), check('notEnforced')),
      'Degraded',
      'IsolationNotEnforced',
    ],
    [
      'while something is not known',
      checksOf(shop, check('unknown'), check('enforced')),
      'Degraded',
      'IsolationNotEnforced',
    ],
  ])('%s', (_, checks, state, reason) => {
    const { status } = reportTenant(pass(shop, standing(shop), { checks }));
    expect(status.state).toBe(state);
    expect(conditionOf(status, 'Ready')).toMatchObject({
      status: 'False',
      reason,
    });
    expect(conditionOf(status, 'Isolated')?.status).not.toBe('True');
    expect(conditionOf(status, 'Provisioned')?.status).toBe('True');
  });

  it('whatever the checks are, unless all of them are enforced', () => {
    const result = fc.constantFrom('enforced', 'notEnforced', 'unknown');
    const anyChecks = fc.dictionary(
      fc.constantFrom('dev', 'prod', 'gone'),
      fc.array(result, { maxLength: 3 }),
    );
    const world = standing(shop);
    fc.assert(
      fc.property(anyChecks, found => {
        const checks = new Map(
          Object.entries(found).map(([name, results]) => [
            name,
            results.map(each => check(each as TenantCheck['result'])),
          ]),
        );
        const { status } = reportTenant(pass(shop, world, { checks }));
        const proved = ['dev', 'prod'].every(name => {
          const own = Object.hasOwn(found, name) ? found[name] : [];
          return own.length > 0 && own.every(each => each === 'enforced');
        });
        expect(status.state === 'Ready').toBe(proved);
        expect(conditionOf(status, 'Ready')?.status === 'True').toBe(proved);
      }),
    );
  });

  it('without naming the first thing that was let through, before what is not known', () => {
    const checks = checksOf(
      shop,
      check('unknown'),
      check('notEnforced', { title: 'A pod runs as the deployer.' }),
    );
    const { status, transitions } = reportTenant(
      pass(shop, standing(shop), { checks }),
    );
    expect(status.message).toBe(
      'dev: identity: "A pod runs as the deployer." was let through. The words of the server. (and 1 more)',
    );
    expect(transitions).toEqual([
      {
        type: 'Warning',
        reason: 'IsolationNotEnforced',
        message: status.message,
      },
    ]);
  });
});

describe("a namespace that has just become the tenant's", () => {
  const made = (kind: string, at: string) => {
    const world = standing(shop);
    const seen = world.objects.items().map(object => ({
      ...object,
      metadata: {
        ...object.metadata,
        creationTimestamp: object.kind === kind ? at : '2026-11-20T00:00:00Z',
      },
    }));
    const input = pass(shop, world, {
      checks: checksOf(shop, check('notEnforced')),
    });
    const planned = input.planned && {
      ...input.planned,
      observed: world.observe(shop, { seen }),
    };
    return reportTenant({ ...input, planned });
  };

  it.each(['Namespace', 'NetworkPolicy'])(
    'alarms nobody by what was let through in the first moment: its %s is new',
    kind => {
      const { status, transitions } = made(kind, '2026-11-23T09:59:55Z');
      expect(status.state).toBe('Progressing');
      expect(conditionOf(status, 'Isolated')).toMatchObject({
        status: 'Unknown',
        reason: 'Verifying',
      });
      expect(transitions.map(({ type }) => type)).toEqual(['Normal']);
    },
  );

  it('is told of for what it is after that moment', () => {
    const { status, transitions } = made('Namespace', '2026-11-23T09:59:50Z');
    expect(status.state).toBe('Degraded');
    expect(conditionOf(status, 'Isolated')?.status).toBe('False');
    expect(transitions.map(({ type }) => type)).toEqual(['Warning']);
  });
});

describe('what stands in the way', () => {
  const enforced = checksOf(shop, check('enforced'));

  it.each<[string, (action: Outcome['action']) => Outcome, string, string]>([
    [
      'what the API server refuses',
      action => ({
        kind: 'refused',
        action,
        reason: 'Forbidden',
        message: 'No.',
      }),
      'Failed',
      'Forbidden',
    ],
    [
      'what failed and is tried again',
      action => ({ kind: 'failed', action, message: 'a reset' }),
      'Progressing',
      'ApplyFailed',
    ],
    [
      'what is still to be written',
      action => ({ kind: 'skipped', action }),
      'Progressing',
      'Progressing',
    ],
  ])('is %s', (_, outcomeOf, state, reason) => {
    const { status } = reportTenant(
      pass(shop, new TenantWorld(), { checks: enforced, outcomeOf }),
    );
    expect(status.state).toBe(state);
    expect(status.environments.map(each => each.reason)).toEqual([
      reason,
      reason,
    ]);
    expect(conditionOf(status, 'Provisioned')).toMatchObject({
      status: 'False',
      reason,
    });
  });

  it('in one environment leaves the other ready, and says which', () => {
    const world = standing(shop);
    world.objects.remove('/Namespace//shop-dev');
    world.objects.put(foreignNamespace('shop-dev'));
    const { status } = reportTenant(pass(shop, world, { checks: enforced }));
    expect(status).toMatchObject({
      state: 'Failed',
      message: expect.stringMatching(/^dev: The namespace shop-dev exists/),
      environments: [
        { name: 'dev', state: 'Failed', reason: 'NamespaceTaken', checks: [] },
        { name: 'prod', state: 'Ready' },
      ],
      notices: [
        {
          ref: { apiVersion: 'v1', kind: 'Namespace', name: 'shop-dev' },
          reason: 'NamespaceTaken',
        },
      ],
    });
  });

  it('is a quota of which the cluster has not counted yet what is used', () => {
    const world = standing(shop);
    const seen = world.objects
      .items()
      .map(object => ({ ...object, status: {} }));
    const input = pass(shop, world, { checks: enforced });
    const planned = input.planned && {
      ...input.planned,
      observed: world.observe(shop, { seen }),
    };
    expect(reportTenant({ ...input, planned }).status).toMatchObject({
      state: 'Progressing',
      message: expect.stringContaining('has not counted yet what is used'),
    });
  });

  it('is a quota for applications whose use is not told, though the limit is', () => {
    const limited = tenantOf({ quota: { pods: 5, objects: 9 } });
    const world = standing(limited);
    const kind = 'count/applications.paas.understage.dev';
    const seen = world.objects.items().map(object => {
      const { status, ...rest } = counted(object);
      const { [kind]: _, ...used } = recordAt(status, 'used');
      const hard = recordAt(object, 'spec', 'hard');
      return { ...rest, status: { hard, used } };
    });
    const input = pass(limited, world, {
      checks: checksOf(limited, check('enforced')),
    });
    const planned = input.planned && {
      ...input.planned,
      observed: world.observe(limited, { seen }),
    };
    expect(reportTenant({ ...input, planned }).status).toMatchObject({
      state: 'Progressing',
      message: expect.stringMatching(
        /quota: count\/applications.paas.understage.dev\. .* learns by itself, within six minutes\.$/,
      ),
    });
  });

  it('in a namespace that is being left is not kept quiet', () => {
    const world = standing(shop);
    const one = tenantOf({
      environments: [{ name: 'dev', adopt: 'shop-dev' }],
    });
    const { status } = reportTenant(
      pass(one, world, {
        checks: checksOf(one, check('enforced')),
        outcomeOf: action =>
          action.ref.namespace === 'shop-prod'
            ? { kind: 'refused', action, reason: 'Forbidden', message: 'No.' }
            : { kind: 'done', action },
      }),
    );
    expect(status).toMatchObject({ state: 'Failed', message: 'No.' });
    expect(status.environments).toMatchObject([{ state: 'Ready' }]);
  });

  it('is told, not held against the tenant: an environment in use, a quota below use', () => {
    const { objects } = standing(shop);
    const world = new TenantWorld({
      objects,
      applications: new Map([['shop-prod', 1]]),
    });
    const one = tenantOf({
      environments: [{ name: 'dev', adopt: 'shop-dev' }],
      quota: { pods: 2 },
    });
    const input = pass(one, world, {
      checks: checksOf(one, check('enforced')),
    });
    const seen = world.objects
      .items()
      .map(object => counted(object, { pods: '5' }));
    const planned = input.planned && {
      ...input.planned,
      observed: world.observe(one, { seen }),
    };
    const { status, transitions } = reportTenant({ ...input, planned });
    expect(status.state).toBe('Ready');
    expect(status.notices).toMatchObject([
      { ref: { name: 'shop-prod' }, reason: 'EnvironmentInUse' },
      {
        ref: { kind: 'ResourceQuota', namespace: 'shop-dev' },
        reason: 'QuotaBelowUse',
        message: expect.stringContaining('pods 5 of 2'),
      },
    ]);
    expect(transitions.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'Warning EnvironmentInUse',
      'Warning QuotaBelowUse',
      'Normal Ready',
    ]);
  });
});

describe('notices', () => {
  it('are no more than anybody reads', () => {
    const outcomeOf = (action: Outcome['action']): Outcome => ({
      kind: 'refused',
      action,
      reason: 'Forbidden',
      message: `No to ${action.ref.name}.`,
    });
    const input = pass(shop, new TenantWorld(), { outcomeOf });
    expect(input.outcomes?.length).toBeGreaterThan(20);
    const { status } = reportTenant(input);
    expect(status.notices).toHaveLength(20);
  });

  it('of the same thing make an event once', () => {
    const world = new TenantWorld();
    world.objects.put(foreignNamespace('shop-dev'));
    const first = reportTenant(pass(shop, world));
    const reasons = first.transitions.map(({ reason }) => reason);
    expect(reasons).toEqual(['NamespaceTaken']);
    const second = reportTenant(
      pass(shop, world, { previous: first.status, now: later }),
    );
    expect(second.transitions.map(({ reason }) => reason)).not.toContain(
      'NamespaceTaken',
    );
  });
});

describe('a specification with problems', () => {
  const problem = {
    path: 'spec.owner',
    found: 'none',
    message: 'It is missing.',
  };

  it('fails the tenant with the first of them, and leaves its environments as they were', () => {
    const before = reportTenant(
      pass(shop, standing(shop), { checks: checksOf(shop, check('enforced')) }),
    ).status;
    const { status, transitions } = reportTenant({
      tenant: { metadata: { name: 'shop', generation: 2 } },
      problems: [problem, problem],
      previous: before,
      now: later,
    });
    expect(status).toMatchObject({
      observedGeneration: 2,
      state: 'Failed',
      message: 'spec.owner: It is missing. (and 1 more problem)',
      environments: before.environments,
    });
    expect(
      status.conditions.map(({ type, status: is }) => `${type} ${is}`),
    ).toEqual([
      'Valid False',
      'Provisioned Unknown',
      'Isolated Unknown',
      'Ready False',
    ]);
    expect(transitions).toMatchObject([{ type: 'Warning', reason: 'Invalid' }]);
    expect(conditionOf(status, 'Ready')?.lastTransitionTime).toBe(
      '2026-11-23T11:00:00Z',
    );
  });
});

describe('a tenant that goes', () => {
  it('says how far it is', () => {
    const input = pass(leaving(shop), standing(shop));
    const { status } = reportTenant(input);
    const problems = [{ path: 'spec', message: 'It is wrong.' }];
    const spoilt = reportTenant({ ...input, problems }).status;
    expect([spoilt.state, spoilt.message]).toEqual([
      'Offboarding',
      status.message,
    ]);
    expect(conditionOf(spoilt, 'Valid')?.status).toBe('False');
    expect(status).toMatchObject({
      state: 'Offboarding',
      message: expect.stringMatching(
        /^The tenant is being offboarded; \d+ steps are left\.$/,
      ),
    });
    expect(conditionOf(status, 'Ready')?.status).toBe('False');
  });

  it('says what it waits for', () => {
    const { metadata, spec } = leaving(shop);
    const unconfirmed: Tenant = {
      ...shop,
      metadata: { ...metadata, annotations: {} },
      spec: { ...spec, deletionPolicy: 'Delete' },
    };
    const { status } = reportTenant(pass(unconfirmed, standing(shop)));
    expect(status.state).toBe('Offboarding');
    expect(status.message).toContain('understage.dev/confirm-delete=shop');
  });
});

describe('any tenant', () => {
  it('has a status that says the same of the same, and becomes ready in the end', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const world = new TenantWorld();
        const checks = checksOf(tenant, check('enforced'));
        const first = reportTenant(pass(tenant, world, { checks }));
        expect(reportTenant(pass(tenant, world, { checks }))).toEqual(first);
        world.settle(tenant);
        const input = { checks, previous: first.status };
        const second = reportTenant(pass(tenant, world, input));
        expect(second.status.state).toBe('Ready');
        const third = reportTenant(
          pass(tenant, world, { checks, previous: second.status, now: later }),
        );
        expect(third).toEqual({ status: second.status, transitions: [] });
      }),
    );
  });
});
