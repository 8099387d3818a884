/** @jest-environment node */
import fc from 'fast-check';
import { Application } from '../schema/Application';
import { arbitraryApplication } from '../testing';
import { ServedCrd, serveCrd } from './__testUtils__/servedCrd';
import { applicationCrd } from './applicationCrd';

jest.setTimeout(240_000);

describe('the CRD on a real API server', () => {
  let served: ServedCrd;
  const apply: ServedCrd['apply'] = (...args) => served.apply(...args);
  const refusalOf = (spec: unknown, name = 'shop') =>
    served.refusalOf({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name, namespace: 'default' },
      spec,
    });

  beforeAll(async () => {
    served = await serveCrd(applicationCrd());
  });
  afterAll(() => served?.stop());

  it('is a structural schema, and its names are free', async () => {
    const crd: { status: { conditions: { type: string; status: string }[] } } =
      JSON.parse(
        await served.kubectl([
          'get',
          'crd',
          'applications.paas.understage.dev',
          '-o',
          'json',
        ]),
      );
    const conditions = crd.status.conditions.map(
      ({ type, status }) => `${type} ${status}`,
    );
    expect(conditions.sort()).toEqual([
      'Established True',
      'NamesAccepted True',
    ]);
  });

  it('accepts what the checker accepts', async () => {
    const applications = fc.sample(arbitraryApplication(), {
      numRuns: 200,
      seed: 3,
    });
    const items = applications.map((application: Application, index) => ({
      ...application,
      metadata: { name: `a${index}`, namespace: 'default' },
    }));
    // One call for many: a kubectl for each would take minutes.
    const answer = await apply(
      { apiVersion: 'v1', kind: 'List', items },
      '--dry-run=server',
    );
    expect(answer.trim().split('\n')).toHaveLength(items.length);
  });

  it('accepts an application as large as can be', async () => {
    const components = Array.from({ length: 100 }, (_, component) => ({
      name: `c${component}`,
      type: 'Deployment',
      ports: Array.from({ length: 64 }, (__, port) => ({ port: port + 1 })),
      env: Array.from({ length: 64 }, (__, variable) => ({
        name: `V${variable}`,
        value: 'x',
      })),
      metrics: { port: 64 },
    }));
    const dependencies = Array.from(
      { length: 1000 },
      (_, index) => `c${index % 100} -> external:h${index}.example.com:1`,
    );
    expect(await refusalOf({ components, dependencies })).toBe('accepted');
  });

  const job = { name: 'a', type: 'Job' };
  it.each<[string, unknown, string]>([
    ['no components', { components: [] }, 'should have at least 1 items'],
    [
      'a name twice',
      { components: [job, job] },
      'duplicate entries for key [name="a"]',
    ],
    [
      'a type that is not there',
      { components: [{ ...job, type: 'Pod' }] },
      'supported values: "Deployment", "StatefulSet", "Job", "CronJob", "HelmChart"',
    ],
    [
      'a field of another type',
      { components: [{ ...job, schedule: '* * * * *' }] },
      'schedule and timeZone can only stand in CronJob',
    ],
    [
      'a schedule that is missing',
      { components: [{ name: 'a', type: 'CronJob' }] },
      'a CronJob needs schedule',
    ],
    [
      'a variable without value',
      { components: [{ ...job, env: [{ name: 'A' }] }] },
      'exactly one of value, secretRef and configRef is needed',
    ],
    [
      'metrics on a port that is not declared',
      { components: [{ ...job, metrics: { port: 1 } }] },
      'metrics.port has to be one of ports',
    ],
    [
      'a port of 70000',
      { components: [{ ...job, ports: [{ port: 70000 }] }] },
      'should be less than or equal to 65535',
    ],
    [
      'a quantity that is none',
      { components: [{ ...job, resources: { limits: { cpu: '1e9' } } }] },
      'should match',
    ],
    ['an unknown field', { components: [{ ...job, replcias: 1 }] }, 'replcias'],
  ])('refuses %s', async (_, spec, words) => {
    expect(await refusalOf(spec)).toContain(words);
  });

  it('refuses names that children could not carry', async () => {
    expect(await refusalOf({ components: [job] }, 'a.b')).toContain(
      'the name of an application has no dots',
    );
    expect(await refusalOf({ components: [job] }, 'a'.repeat(64))).toContain(
      'the name of an application has at most 63 characters',
    );
  });

  it('keeps chart values and dependencies as they are, and fills in defaults that all types share', async () => {
    const spec = {
      components: [
        {
          name: 'db',
          type: 'HelmChart',
          chart: 'a/b',
          values: { deep: { er: [1, { x: 'y' }] } },
        },
        job,
      ],
      dependencies: [{ from: 'a', to: 'db', port: 1, env: 'DB' }, 'a -> db:2'],
    };
    await apply({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'kept', namespace: 'default' },
      spec,
    });
    const kept: Application = JSON.parse(
      await served.kubectl(['get', 'paasapp', 'kept', '-o', 'json']),
    );
    expect(kept.spec).toEqual({
      ...spec,
      deletionPolicy: 'Retain',
      links: [],
      paused: false,
    });
  });

  it('shows state, readiness and message in a table', async () => {
    await apply({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'shown', namespace: 'default' },
      spec: { components: [job] },
    });
    const [head] = (await served.kubectl(['get', 'understage'])).split('\n');
    expect(head.trim().split(/\s+/)).toEqual([
      'NAME',
      'STATE',
      'READY',
      'MESSAGE',
      'AGE',
    ]);
  });
});
