import { chartDeployment, chartObject, verdict } from './testing/chartObjects';

const container = (fields: object) => ({
  containers: [{ name: 'a', image: 'a', ...fields }],
});

describe('Secrets of the platform', () => {
  const name = 'bank.release-3';
  const deployment = (fields: object) => verdict(chartDeployment(fields));
  const spec = 'Deployment shop-redis: spec.template.spec';

  it.each([
    [
      'containers[0].env[0].valueFrom.secretKeyRef.name',
      container({
        env: [
          {
            name: 'A',
            valueFrom: { secretKeyRef: { name, key: 'values.json' } },
          },
        ],
      }),
    ],
    [
      'containers[0].envFrom[0].secretRef.name',
      container({ envFrom: [{ secretRef: { name } }] }),
    ],
    [
      'initContainers[0].envFrom[0].secretRef.name',
      { initContainers: [{ envFrom: [{ secretRef: { name } }] }] },
    ],
    [
      'volumes[0].secret.secretName',
      { volumes: [{ secret: { secretName: name } }] },
    ],
    [
      'volumes[0].projected.sources[0].secret.name',
      { volumes: [{ projected: { sources: [{ secret: { name } }] } }] },
    ],
    [
      'volumes[0].csi.nodePublishSecretRef.name',
      { volumes: [{ csi: { nodePublishSecretRef: { name } } }] },
    ],
    ['imagePullSecrets[0].name', { imagePullSecrets: [{ name }] }],
  ])('%s is refused, with its path', (path, pod) => {
    expect(deployment(pod)).toBe(
      `FieldNotAllowed: redis: ${spec}.${path} names the Secret "${name}", which is not an application's to use: it is where the platform keeps the secret values of a release.`,
    );
  });

  it("the deployer's tokens are refused as well", () => {
    const secretName = 'understage-deployer-token-x2x4c';
    expect(deployment({ volumes: [{ secret: { secretName } }] })).toMatch(
      'it belongs to understage-deployer, which may write everything in the namespace.',
    );
  });

  it('nor may an account or an Ingress name them, nor the Secrets of another namespace', () => {
    const account = chartObject('ServiceAccount', 'v1', {
      secrets: [{ name }],
    });
    expect(verdict(account)).toMatch('secrets[0].name names the Secret');
    const ingress = (annotations: object, tls: object[] = []) =>
      chartObject('Ingress', 'networking.k8s.io/v1', {
        metadata: { name: 'i', annotations },
        spec: { tls, rules: [{ host: 'a.example.com' }] },
      });
    expect(verdict(ingress({}, [{ secretName: name }]))).toMatch(
      'spec.tls[0].secretName names the Secret',
    );
    const key = 'nginx.ingress.kubernetes.io/auth-secret';
    expect(verdict(ingress({ [key]: `shop/${name}` }))).toMatch(
      `metadata.annotations[${key}] names the Secret`,
    );
    expect(verdict(ingress({ [key]: 'bank/users' }))).toMatch(
      `metadata.annotations[${key}] refers to namespace "bank"`,
    );
    expect(verdict(ingress({ [key]: 'shop/users' }))).toBe('accepted');
  });

  it('a chart may not write one of that name, which would pass for a release', () => {
    const secret = chartObject('Secret', 'v1', { metadata: { name } });
    expect(verdict(secret)).toMatch("its name is the platform's own");
  });

  it('Secrets of the chart and of the user are fine, and content is not read', () => {
    expect(
      deployment({
        ...container({ env: [{ name: 'SECRET', value: name }] }),
        volumes: [{ name: 'a', secret: { secretName: 'passwords' } }],
      }),
    ).toBe('accepted');
    const data = { secret: name };
    expect(verdict(chartObject('ConfigMap', 'v1', { data }))).toBe('accepted');
  });

  it('a claim that lives with a pod gets a volume of its own too', () => {
    const volumes = [
      {
        name: 'a',
        ephemeral: {
          volumeClaimTemplate: { spec: { dataSource: { name: 'x' } } },
        },
      },
    ];
    expect(deployment({ volumes })).toMatch(
      `${spec}.volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource is not allowed`,
    );
  });
});
