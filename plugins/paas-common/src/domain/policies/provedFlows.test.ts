import { Desired } from '../desired';
import { renderApplication } from '../rendering/renderApplication';
import { applicationOf } from '../rendering/testing/applicationOf';
import { resolveContext } from '../rendering/testing/resolveContext';
import { desiredPods, desiredPolicies, provedFlows } from './provedFlows';

const application = applicationOf({
  components: [
    { name: 'web', type: 'Deployment', image: 'web:1', ports: [{ port: 80 }] },
    {
      name: 'api',
      type: 'Deployment',
      image: 'api:1',
      ports: [{ port: 8080 }, { name: 'admin', port: 9000 }],
    },
    { name: 'night', type: 'CronJob', image: 'night:1', schedule: '0 1 * * *' },
  ],
  dependencies: ['web -> api:8080', 'night -> api:9000'],
});
const desired = renderApplication(application, resolveContext());

function withPolicy(spec: object): Desired {
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'hole', namespace: 'shop' },
    spec,
  };
  return {
    ...desired,
    objects: [...desired.objects, { object, retained: false }],
  };
}

describe('provedFlows', () => {
  it('finds the declared edges and nothing else', () => {
    expect(provedFlows(desired)).toEqual([
      { from: 'web', to: 'api', port: 8080, protocol: 'TCP' },
      { from: 'night', to: 'api', port: 9000, protocol: 'TCP' },
    ]);
  });

  it('finds a hole that somebody makes on both sides', () => {
    const open = withPolicy({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{}],
      egress: [{}],
    });
    const flows = provedFlows(open);
    expect(flows).toContainEqual({
      from: 'api',
      to: 'web',
      port: 80,
      protocol: 'TCP',
    });
    expect(flows).toContainEqual({
      from: 'api',
      to: 'night',
      port: 65535,
      protocol: 'SCTP',
    });
    // Three components, four ports, three protocols, every pair in both directions and with itself.
    expect(flows).toHaveLength(3 * 3 * 4 * 3);
  });

  it('finds nothing in a hole on one side', () => {
    expect(provedFlows(withPolicy({ podSelector: {}, ingress: [{}] }))).toEqual(
      provedFlows(desired),
    );
  });

  it('finds that everything is open without policies', () => {
    const bare = {
      ...desired,
      objects: desired.objects.filter(
        ({ object }) => object.kind !== 'NetworkPolicy',
      ),
    };
    expect(provedFlows(bare)).toHaveLength(3 * 3 * 4 * 3);
  });
});

describe('desiredPods', () => {
  it('makes one pod of each workload, those of schedules too, with their ports', () => {
    expect(
      desiredPods(desired).map(({ component, pod }) => [
        component,
        pod.ports?.map(({ port }) => port),
      ]),
    ).toEqual([
      ['api', [8080, 9000]],
      ['web', [80]],
      ['night', []],
    ]);
  });
});

describe('desiredPolicies', () => {
  it('are one for each component', () => {
    expect(
      desiredPolicies(desired).map(({ metadata }) => metadata.name),
    ).toEqual(['shop-api', 'shop-night', 'shop-web']);
  });
});
