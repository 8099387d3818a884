/** @jest-environment node */
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test may start the playground, see the import matrix
import { Playground, startPlayground } from '@understage/playground';
import { stringify } from 'yaml';
import { podTemplateOf } from '../charts/podTemplates';
import { recordAt, recordsAt } from '../jsonValue';
import { kindOf } from '../kinds';
import { KubeObject } from '../kubernetes';
import { canonicalQuantity } from './canonicalQuantity';
import { renderApplication } from './renderApplication';
import { readGoldens } from './testing/goldens';

jest.setTimeout(120_000);

const namespace = 'shop';
let playground: Playground;

beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  await playground.kubectl(
    ['create', '-f', '-'],
    stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      },
    }),
  );
});
afterAll(async () => {
  await playground?.stop();
});

/** What the API server would store; nothing is. */
async function applied(objects: readonly KubeObject[]): Promise<unknown[]> {
  const answer = await playground.kubectl(
    [
      'apply',
      '--server-side',
      '--field-manager=understage',
      '--dry-run=server',
      '-o=json',
      '-f=-',
    ],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  const parsed: unknown = JSON.parse(answer);
  const { kind } = recordAt(parsed);
  return kind === 'List' ? [...recordsAt(parsed, 'items')] : [parsed];
}

/** A pod as the workload's controller would make it; claims of a StatefulSet become volumes. */
function podOf(object: KubeObject): KubeObject[] {
  const template = podTemplateOf(object);
  if (template === undefined) {
    return [];
  }
  const claims = recordsAt(object, 'spec', 'volumeClaimTemplates').map(
    claim => ({
      name: recordAt(claim, 'metadata').name,
      persistentVolumeClaim: { claimName: 'claim' },
    }),
  );
  const { spec } = template;
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: object.metadata.name, namespace },
      spec: {
        ...spec,
        volumes: [...recordsAt(spec, 'volumes'), ...claims],
      },
    },
  ];
}

describe.each(readGoldens().map(golden => [golden.name, golden] as const))(
  'the golden application %s on a real API server',
  (_name, golden) => {
    const { objects } = renderApplication(golden.application, golden.context);
    // The Gateway API is an add-on that the playground does not have.
    const served = objects
      .map(({ object }) => object)
      .filter(({ apiVersion, kind }) => !kindOf(apiVersion, kind)?.optional);

    it('is accepted, object by object', async () => {
      const stored = await applied(served);
      expect(stored.map(object => recordAt(object).kind)).toEqual(
        served.map(({ kind }) => kind),
      );
    });

    it('makes pods that Pod Security "restricted" admits', async () => {
      const accounts = served.filter(({ kind }) => kind === 'ServiceAccount');
      await playground.kubectl(
        ['apply', '--server-side', '-f=-'],
        accounts.map(account => stringify(account)).join('---\n'),
      );
      const pods = served.flatMap(podOf);
      await expect(applied(pods)).resolves.toHaveLength(pods.length);
    });

    it('comes back with the quantities that were sent', async () => {
      const templates = (some: readonly unknown[]) =>
        some.flatMap(object =>
          recordsAt(object, 'spec', 'template', 'spec', 'containers').map(
            container => recordAt(container, 'resources'),
          ),
        );
      const own = served.filter(({ kind }) => kind === 'Deployment');
      expect(templates(await applied(own.length === 0 ? served : own))).toEqual(
        templates(own.length === 0 ? served : own),
      );
    });
  },
);

describe('canonicalQuantity', () => {
  const texts = [
    '0',
    '1',
    '2',
    '0.5',
    '0.25',
    '1.5',
    '100m',
    '1000m',
    '1500m',
    '2500m',
    '0.1m',
    '1u',
    '1n',
    '0.1n',
    '1k',
    '1000k',
    '1500k',
    '1M',
    '999999',
    '1000000',
    '1024',
    '1e3',
    '1e9',
    '1E3',
    '12e2',
    '0.5e3',
    '1e-3',
    '1Ki',
    '1024Ki',
    '1536Ki',
    '1.5Gi',
    '0.5Gi',
    '0.1Gi',
    '0.5Ki',
    '0.0001Mi',
    '1023Mi',
    '1024Mi',
    '4Gi',
    '4096Mi',
    '10Ti',
    '9P',
    '7E',
    '8E',
    '9Ei',
    '100E',
    '01',
    '1.0',
    '.5',
    '5.',
    '0Ki',
    '0.0',
    '000100m',
    '1.000000001Gi',
    '123456789012345678',
  ];

  it('gives the text that a real API server gives', async () => {
    const stored = await applied(
      texts.map((text, index) => ({
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: `quota-${index}`, namespace },
        spec: { hard: { 'requests.storage': text } },
      })),
    );
    const given = stored.map(
      object => recordAt(object, 'spec', 'hard')['requests.storage'],
    );
    expect(texts.map(text => [text, canonicalQuantity(text)])).toEqual(
      texts.map((text, index) => [text, given[index]]),
    );
  });
});
