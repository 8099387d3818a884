import { KubeObject } from '../kubernetes';
import { diffObject } from './diffObject';

function object(kind: string, content: Record<string, unknown>): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    ...content,
  };
}

/** A Deployment with one container that has these fields. */
function deployment(container: Record<string, unknown>): KubeObject {
  const containers = [{ name: 'app', image: 'web:1', ...container }];
  return object('Deployment', { spec: { template: { spec: { containers } } } });
}

const container = 'spec.template.spec.containers[app]';

/** What applying `desired` would change: paths with values, as `path: from -> to`. */
function changes(desired: KubeObject, live: KubeObject): readonly string[] {
  return diffObject(desired, live).map(
    ({ path, from, to }) =>
      `${path}: ${JSON.stringify(from)} -> ${JSON.stringify(to)}`,
  );
}

describe('comparing what we want with what is there', () => {
  it('finds nothing between equal objects', () => {
    const same = deployment({ env: [{ name: 'A', value: '1' }] });
    expect(diffObject(same, same)).toEqual([]);
  });

  it('names a changed value with its path, in the words of Kubernetes', () => {
    expect(
      changes(deployment({ image: 'web:2' }), deployment({ image: 'web:1' })),
    ).toEqual([`${container}.image: "web:1" -> "web:2"`]);
  });

  it('looks only at what we send: status, defaults and sidecars are none of our business', () => {
    const live = object('Deployment', {
      status: { replicas: 3 },
      spec: {
        progressDeadlineSeconds: 600,
        template: {
          spec: {
            dnsPolicy: 'ClusterFirst',
            containers: [
              { name: 'mesh', image: 'mesh:1' },
              { name: 'app', image: 'web:1', imagePullPolicy: 'Always' },
            ],
          },
        },
      },
    });
    expect(diffObject(deployment({}), live)).toEqual([]);
  });

  it('never looks at status, even where we would send one', () => {
    expect(
      diffObject(
        object('Pod', { status: { phase: 'Running' } }),
        object('Pod', { status: { phase: 'Failed' } }),
      ),
    ).toEqual([]);
  });

  it('finds no field that can be compared between different API versions', () => {
    const newer = { ...deployment({ image: 'web:2' }), apiVersion: 'v2' };
    expect(diffObject(newer, deployment({}))).toEqual([]);
  });

  describe('of metadata', () => {
    const withMetadata = (metadata: object): KubeObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web', ...metadata },
    });

    it.each([
      [
        'labels',
        { labels: { a: '1' } },
        { labels: { a: '2', b: '3' } },
        'metadata.labels.a: "2" -> "1"',
      ],
      [
        'annotations',
        { annotations: { 'x.io/y': '1' } },
        {},
        'metadata.annotations: undefined -> {"x.io/y":"1"}',
      ],
      [
        'annotations beside others',
        { annotations: { 'x.io/y': '1' } },
        { annotations: { z: '1' } },
        'metadata.annotations["x.io/y"]: undefined -> "1"',
      ],
      [
        'finalizers',
        { finalizers: ['a'] },
        { finalizers: ['b'] },
        'metadata.finalizers[a]: undefined -> "a"',
      ],
      [
        'owners',
        { ownerReferences: [{ uid: '1', controller: true }] },
        { ownerReferences: [{ uid: '1' }] },
        'metadata.ownerReferences[1].controller: undefined -> true',
      ],
    ])('compares %s', (...[, desired, live, expected]) => {
      expect(changes(withMetadata(desired), withMetadata(live))).toEqual([
        expected,
      ]);
    });

    it('leaves the numbers of the API server alone', () => {
      expect(
        diffObject(
          withMetadata({ uid: '1', resourceVersion: '1', generation: 1 }),
          withMetadata({ uid: '2', resourceVersion: '2', generation: 2 }),
        ),
      ).toEqual([]);
    });

    it('does not report the hash that it looks after itself', () => {
      const hash = (value: string) =>
        withMetadata({ annotations: { 'understage.dev/applied-hash': value } });
      expect(diffObject(hash('1'), hash('2'))).toEqual([]);
    });
  });

  describe('where values only look different', () => {
    it.each<[string, object, object]>([
      [
        'amounts of cpu',
        { resources: { limits: { cpu: '500m' } } },
        { resources: { limits: { cpu: '0.5' } } },
      ],
      [
        'amounts of memory',
        { resources: { limits: { memory: '1Gi' } } },
        { resources: { limits: { memory: '1024Mi' } } },
      ],
      [
        'a number for an amount',
        { resources: { limits: { cpu: 1 } } },
        { resources: { limits: { cpu: '1' } } },
      ],
      ['absent lists', { env: [] }, {}],
      ['absent maps', { resources: {} }, {}],
      ['absent texts', { workingDir: '' }, {}],
      [
        'absent numbers',
        { livenessProbe: { initialDelaySeconds: 0 } },
        { livenessProbe: { periodSeconds: 10 } },
      ],
      ['absent switches', { tty: false }, {}],
      ['null', { command: null }, { command: ['x'] }],
      [
        'the default protocol',
        { ports: [{ containerPort: 80 }] },
        { ports: [{ containerPort: 80, protocol: 'TCP' }] },
      ],
      [
        'the order of variables',
        { env: [{ name: 'A' }, { name: 'B' }] },
        { env: [{ name: 'B' }, { name: 'A' }] },
      ],
      [
        'a port as text',
        { livenessProbe: { tcpSocket: { port: 80 } } },
        { livenessProbe: { tcpSocket: { port: '80' } } },
      ],
      [
        'variables that others add',
        { env: [{ name: 'A', value: '1' }] },
        {
          env: [
            { name: 'X', value: '1' },
            { name: 'A', value: '1' },
          ],
        },
      ],
    ])('%s: says that they are the same', (_what, desired, live) => {
      expect(
        changes(deployment({ ...desired }), deployment({ ...live })),
      ).toEqual([]);
    });
  });

  describe('where values look alike but differ', () => {
    it.each<[string, object, object, string]>([
      [
        'variables are texts, not amounts',
        { env: [{ name: 'A', value: '1' }] },
        { env: [{ name: 'A', value: '1000m' }] },
        'env[A].value: "1000m" -> "1"',
      ],
      [
        'arguments have an order',
        { args: ['a', 'b'] },
        { args: ['b', 'b'] },
        'args[0]: "b" -> "a"',
      ],
      [
        'arguments have a number',
        { args: ['a'] },
        { args: ['a', 'b'] },
        'args: ["a","b"] -> ["a"]',
      ],
      [
        'a mount moved',
        { volumeMounts: [{ name: 'd', mountPath: '/a' }] },
        { volumeMounts: [{ name: 'd', mountPath: '/b' }] },
        'volumeMounts[/a]: undefined -> {"name":"d","mountPath":"/a"}',
      ],
      [
        'the same port over another protocol',
        { ports: [{ containerPort: 53, protocol: 'UDP' }] },
        { ports: [{ containerPort: 53, protocol: 'TCP' }] },
        'ports[53/UDP]: undefined -> {"containerPort":53,"protocol":"UDP"}',
      ],
      [
        'a switch whose default is on',
        { securityContext: { allowPrivilegeEscalation: false } },
        { securityContext: {} },
        'securityContext.allowPrivilegeEscalation: undefined -> false',
      ],
      [
        'an object in place of a text',
        { command: ['a'] },
        { command: 'a' },
        'command: "a" -> ["a"]',
      ],
    ])('%s: says so', (...[, desired, live, expected]) => {
      expect(
        changes(deployment({ ...desired }), deployment({ ...live })),
      ).toEqual([`${container}.${expected}`]);
    });

    it('sees that a volume became another kind of volume', () => {
      const volume = (source: object) =>
        object('Deployment', {
          spec: { volumes: [{ name: 'tmp', ...source }] },
        });
      expect(
        changes(volume({ emptyDir: {} }), volume({ hostPath: { path: '/' } })),
      ).toEqual(['spec.volumes[tmp].emptyDir: undefined -> {}']);
    });
  });

  describe('of what is ours alone', () => {
    const policy = (spec: object) => object('NetworkPolicy', { spec });

    it.each<[string, object, object, string]>([
      [
        'a rule more',
        { ingress: [{}] },
        { ingress: [{}, {}] },
        'spec.ingress: [{},{}] -> [{}]',
      ],
      [
        'a peer that lets more in',
        {
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }] }],
        },
        {
          ingress: [
            {
              from: [
                {
                  podSelector: { matchLabels: { app: 'a' } },
                  namespaceSelector: { matchLabels: { x: 'y' } },
                },
              ],
            },
          ],
        },
        'spec.ingress[0].from[0].namespaceSelector: {"matchLabels":{"x":"y"}} -> undefined',
      ],
      [
        'a selector that was narrowed',
        { podSelector: { matchLabels: { app: 'a' } } },
        { podSelector: { matchLabels: { app: 'a', tier: 'b' } } },
        'spec.podSelector.matchLabels.tier: "b" -> undefined',
      ],
      [
        'every pod instead of none',
        { ingress: [{ from: [{ podSelector: {} }] }] },
        { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
        'spec.ingress[0].from[0].podSelector: undefined -> {}',
      ],
    ])(
      'an addition by somebody else is a change: %s',
      (...[, desired, live, expected]) => {
        expect(changes(policy(desired), policy(live))).toContain(expected);
      },
    );

    it('still allows for what the API server fills in', () => {
      expect(
        changes(
          policy({ egress: [{ ports: [{ port: 53 }] }] }),
          policy({ egress: [{ ports: [{ port: 53, protocol: 'TCP' }] }] }),
        ),
      ).toEqual([]);
    });

    it('sees that a Service was pointed at other pods', () => {
      const service = (selector: object) =>
        object('Service', { spec: { selector } });
      expect(
        changes(service({ app: 'a' }), service({ app: 'a', canary: 'yes' })),
      ).toEqual(['spec.selector.canary: "yes" -> undefined']);
    });
  });

  describe('of a Service', () => {
    const service = (spec: object) => object('Service', { spec });

    it.each<[string, object, object]>([
      ['the address', { clusterIP: '' }, { clusterIP: '10.0.0.1' }],
      [
        'the port on nodes',
        { ports: [{ port: 80, nodePort: 0 }] },
        { ports: [{ port: 80, nodePort: 30080 }] },
      ],
    ])('leaves %s to the API server', (_what, desired, live) => {
      expect(changes(service(desired), service(live))).toEqual([]);
    });

    it('sees that it lost its address', () => {
      expect(
        changes(
          service({ clusterIP: 'None' }),
          service({ clusterIP: '10.0.0.1' }),
        ),
      ).toEqual(['spec.clusterIP: "10.0.0.1" -> "None"']);
    });
  });

  describe('of a Secret', () => {
    it('says which key differs, and never shows a value', () => {
      const found = diffObject(
        object('Secret', { data: { password: 'c2VjcmV0' } }),
        object('Secret', { data: { password: 'b3RoZXI=' } }),
      );
      expect(found).toEqual([
        {
          path: 'data.password',
          from: '(hidden)',
          to: '(hidden, another value)',
        },
      ]);
    });

    it('hides every value of a Secret that is new as a whole', () => {
      const [change] = diffObject(
        object('Secret', { data: { a: 'YQ==', b: 'Yg==' } }),
        object('Secret', {}),
      );
      expect(change).toEqual({
        path: 'data',
        from: undefined,
        to: { a: '(hidden)', b: '(hidden)' },
      });
    });

    it('compares text with what the API server made of it', () => {
      expect(
        diffObject(
          object('Secret', { stringData: { password: 'päss' } }),
          object('Secret', { data: { password: 'cMOkc3M=' } }),
        ),
      ).toEqual([]);
    });
  });
});
