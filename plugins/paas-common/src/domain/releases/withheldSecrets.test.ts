import { Release } from '../desired';
import { KubeObject } from '../kubernetes';
import { applicationOf } from '../rendering/testing/applicationOf';
import { fromRevision, toRevision } from './revisions';
import {
  isReleaseSecret,
  isWithheld,
  releaseSecret,
  releaseSecretName,
  withSecretValues,
} from './withheldSecrets';

const application = {
  metadata: { name: 'shop', namespace: 'shop', uid: 'uid-1' },
};
const password = 'pässword ∑';

const secret = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  type: 'Opaque',
  data: { user: 'YWRtaW4=' },
  stringData: { password },
});

const configMap: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'shop-cache' },
  data: { port: '6379' },
};

function releaseOf(...objects: readonly KubeObject[]): Release {
  const { spec } = applicationOf({
    components: [{ name: 'cache', type: 'HelmChart', chart: 'bitnami/redis' }],
  });
  const chart = {
    chart: 'bitnami/redis',
    version: '1.0.0',
    digest: 'sha256:aa',
    objects,
  };
  return {
    revision: 7,
    spec,
    images: {},
    charts: { cache: chart },
    createdAt: '2026-11-23T10:00:00Z',
    hash: 'hash',
  };
}

const release = releaseOf(secret('shop-cache'), configMap);

/** Written to the cluster and read again. */
function kept(written = release): Release {
  const read = fromRevision(toRevision(written, application, 'shop'));
  if (!read.ok) throw new Error('the revision can not be read');
  return read.value;
}

const objectsOf = (from: Release) => from.charts.cache.objects;

describe('a release in a ControllerRevision', () => {
  it('holds no value of a Secret, and everything else', () => {
    const revision = toRevision(release, application, 'shop');
    const text = JSON.stringify(revision);
    expect(text).not.toContain(password);
    expect(text).not.toContain('YWRtaW4=');
    const [held, other] = objectsOf(kept());
    expect(held).toMatchObject({ kind: 'Secret', type: 'Opaque' });
    expect(isWithheld(held)).toBe(true);
    expect(other).toEqual(configMap);
  });
});

describe('the Secret beside a release', () => {
  it('is the application’s, and no object of a component', () => {
    const beside = releaseSecret(release, application, 'shop');
    expect(beside?.metadata).toMatchObject({
      name: 'shop.release-7',
      namespace: 'shop',
      labels: { 'understage.dev/application': 'shop' },
      ownerReferences: [{ name: 'shop', uid: 'uid-1', controller: true }],
    });
    expect(beside?.metadata.labels).not.toHaveProperty(
      'understage.dev/component',
    );
    expect(beside && isReleaseSecret(beside)).toBe(true);
  });

  it('does not exist for charts without Secrets', () => {
    expect(
      releaseSecret(releaseOf(configMap), application, 'shop'),
    ).toBeUndefined();
  });

  it('has a name that no component’s object has', () => {
    expect(releaseSecretName('shop', 7)).toContain('.');
    expect(releaseSecretName('a'.repeat(63), 1234)).toHaveLength(76);
  });

  it('gives back every value, whatever its characters', () => {
    const beside = releaseSecret(release, application, 'shop');
    const [restored] = objectsOf(
      withSecretValues(kept(), 'shop', beside ? [beside] : []),
    );
    expect(isWithheld(restored)).toBe(false);
    expect(restored.data).toEqual({
      user: 'YWRtaW4=',
      password: Buffer.from(password).toString('base64'),
    });
    expect(restored).not.toHaveProperty('valuesWithheld');
  });

  it('gives nothing to another release', () => {
    const beside = releaseSecret(
      { ...release, revision: 6 },
      application,
      'shop',
    );
    const [still] = objectsOf(
      withSecretValues(kept(), 'shop', beside ? [beside] : []),
    );
    expect(isWithheld(still)).toBe(true);
  });
});

describe('values whose Secret is gone', () => {
  const live = { ...secret('shop-cache'), data: { password: 'bGl2ZQ==' } };

  it('are those that run', () => {
    const [restored] = objectsOf(withSecretValues(kept(), 'shop', [live]));
    expect(restored.data).toEqual({ password: 'bGl2ZQ==' });
  });

  it.each([
    ['no base64', '!!!'],
    ['no JSON', btoa('nonsense')],
    ['no object', btoa('[]')],
  ])('are those that run when the Secret holds %s', (_, value) => {
    const broken: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'shop.release-7' },
      type: 'understage.dev/release',
      data: { 'values.json': value },
    };
    const [restored] = objectsOf(
      withSecretValues(kept(), 'shop', [broken, live]),
    );
    expect(restored.data).toEqual({ password: 'bGl2ZQ==' });
  });

  it('stay withheld when nothing runs either', () => {
    const [still] = objectsOf(withSecretValues(kept(), 'shop', []));
    expect(isWithheld(still)).toBe(true);
  });
});
