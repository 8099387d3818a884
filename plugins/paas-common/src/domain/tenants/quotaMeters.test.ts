import fc from 'fast-check';
import { KubeObject } from '../kubernetes';
import { quotaMeters } from './quotaMeters';
import { quotasBelowUse } from './quotasBelowUse';
import { renderTenant } from './renderTenant';
import { tenantOf } from './testing/tenantOf';
import { TenantWorld } from './testing/TenantWorld';

const quota = (status: unknown): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'understage-quota', namespace: 'shop' },
  status,
});

describe('meters', () => {
  it.each<[string, string, string, number | undefined]>([
    ['half', '1', '2', 0.5],
    ['in other units', '500m', '2', 0.25],
    ['of memory', '512Mi', '1Gi', 0.5],
    ['nothing', '0', '5', 0],
    ['more than all', '3', '2', 1.5],
    ['a third, cut', '1', '3', 0.3333],
    ['more than a number holds', '4Ei', '8Ei', 0.5],
    ['nothing that may be used', '0', '0', undefined],
    ['what is no amount', 'x', '2', undefined],
  ])('say how much is used: %s', (_, used, hard, share) => {
    expect(
      quotaMeters(quota({ used: { pods: used }, hard: { pods: hard } })),
    ).toEqual([
      { resource: 'pods', used, hard, ...(share !== undefined && { share }) },
    ]);
  });

  it('are sorted, and start at nothing', () => {
    const meters = quotaMeters(
      quota({ hard: { services: '1', pods: '2', 'requests.cpu': '4' } }),
    );
    expect(meters.map(({ resource, used }) => `${resource} ${used}`)).toEqual([
      'pods 0',
      'requests.cpu 0',
      'services 0',
    ]);
  });

  it.each([
    ['that was not counted yet', undefined],
    ['of nothing', { hard: {}, used: {} }],
    ['of another shape', { hard: { pods: 7 }, used: [] }],
    ['that is none', 'x'],
  ])('are none of a quota %s', (_, status) => {
    expect(quotaMeters(quota(status))).toEqual([]);
  });

  it('are exact where numbers are not', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.bigInt({ min: 1n, max: 10n ** 18n }),
        (used, hard) => {
          const [{ share }] = quotaMeters(
            quota({ used: { a: `${used}` }, hard: { a: `${hard}` } }),
          );
          expect(share).toBe(Number((used * 10_000n) / hard) / 10_000);
          expect((share ?? 0) >= 1).toBe(used >= hard);
        },
      ),
    );
  });
});

describe('a quota that is lower than what is used', () => {
  const found = (spec: object, used: Record<string, string>) => {
    const tenant = tenantOf({ ...spec });
    const world = new TenantWorld();
    world.settle(tenant);
    const seen = world.objects
      .items()
      .map(object =>
        object.kind === 'ResourceQuota'
          ? { ...object, status: { used } }
          : object,
      );
    return quotasBelowUse({
      desired: renderTenant(tenant, { retainedVolumes: [] }),
      observed: world.observe(tenant, { seen }),
    });
  };

  it.each<[string, object, Record<string, string>]>([
    ['less', { quota: { pods: 3 } }, { pods: '2' }],
    ['as much', { quota: { cpu: '1' } }, { 'requests.cpu': '1000m' }],
    ['of what is not limited', { quota: { pods: 3 } }, { secrets: '9' }],
    ['nothing that was counted', { quota: { pods: 3 } }, {}],
  ])('is none that %s is used of', (_, spec, used) => {
    expect(found(spec, used)).toEqual([]);
  });

  it('says what, where, and what comes of it', () => {
    expect(
      found(
        { quota: { pods: 3, cpu: '1', memory: '1Gi' } },
        { pods: '4', 'requests.cpu': '1500m', 'requests.memory': '1024Mi' },
      ),
    ).toEqual([
      {
        ref: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          namespace: 'shop',
          name: 'understage-quota',
        },
        message:
          'More is used in shop than the quota allows: pods 4 of 3, requests.cpu 1500m of 1. What runs goes on, nothing new starts. Make room, or raise the quota.',
      },
    ]);
  });
});
