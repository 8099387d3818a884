import fc from 'fast-check';
import { arbitraryApplication } from '../../testing';
import { Application } from '../../schema/Application';
import { Release, RenderedChart, ResolvedImage } from '../desired';
import { createProjection } from '../projection';
import { applicationOf } from '../rendering/testing/applicationOf';
import { nextRelease, releasesToPrune } from './nextRelease';
import { releaseHash } from './releaseHash';
import {
  fromRevision,
  releaseLine,
  revisionName,
  toRevision,
} from './revisions';

const now = new Date('2026-11-23T12:00:00.000Z');
const { spec } = applicationOf({
  components: [
    { name: 'web', type: 'Deployment' },
    { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' },
  ],
});
const images: Record<string, ResolvedImage> = {
  web: { ref: 'registry.example.com/web@sha256:aa', from: 'build' },
};
const redis: RenderedChart = {
  chart: 'bitnami/redis',
  version: '20.1.0',
  digest: 'sha256:bb',
  objects: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'redis' },
      spec: {},
    },
  ],
};
const content = { spec, images, charts: { redis } };

function released(...revisions: readonly number[]): readonly Release[] {
  return revisions.map(revision => ({
    ...content,
    revision,
    createdAt: now.toISOString(),
    hash: `hash-${revision}`,
  }));
}

describe('the hash of a release', () => {
  it('is the same for the same content, whatever its order and wherever an image came from', () => {
    expect(
      releaseHash({
        charts: { redis: { ...redis, objects: [] } },
        images: { web: { from: 'convention', ref: images.web.ref } },
        spec: { ...spec },
      }),
    ).toBe(releaseHash(content));
  });

  it('does not change by pausing or pinning', () => {
    const steered = { ...spec, paused: true, revision: 3 };
    expect(releaseHash({ ...content, spec: steered })).toBe(
      releaseHash(content),
    );
  });

  it.each<[string, Partial<typeof content>]>([
    ['the specification', { spec: { ...spec, description: 'x' } }],
    ['an image', { images: { web: { ...images.web, ref: 'web:2' } } }],
    [
      'the digest of a chart',
      { charts: { redis: { ...redis, digest: 'sha256:cc' } } },
    ],
    [
      'the version of a chart',
      { charts: { redis: { ...redis, version: '20.2.0' } } },
    ],
  ])('changes with %s', (_what, change) => {
    expect(releaseHash({ ...content, ...change })).not.toBe(
      releaseHash(content),
    );
  });
});

describe('the next release', () => {
  it('is the first one when there is none', () => {
    expect(nextRelease({ ...content, history: [], now })).toEqual({
      ...content,
      revision: 1,
      createdAt: '2026-11-23T12:00:00.000Z',
      hash: releaseHash(content),
    });
  });

  it('counts on from the newest, also when older ones are gone or out of order', () => {
    const next = nextRelease({ ...content, history: released(9, 11, 10), now });
    expect(next?.revision).toBe(12);
  });

  it('is none when nothing changed since the newest', () => {
    const first = nextRelease({ ...content, history: [], now });
    const history = first ? [first] : [];
    expect(nextRelease({ ...content, history, now })).toBeUndefined();
  });

  it('is a new one when an older content comes back: history is never rewritten', () => {
    const [older] = released(1);
    const history = [{ ...older, hash: releaseHash(content) }, ...released(2)];
    expect(nextRelease({ ...content, history, now })?.revision).toBe(3);
  });

  it('is none while a release is pinned', () => {
    const pinned = { ...content, spec: { ...spec, revision: 2 } };
    expect(
      nextRelease({ ...pinned, history: released(1, 2, 3), now }),
    ).toBeUndefined();
  });

  it('carries neither pause nor pin, which would come back with a rollback', () => {
    const paused = { ...content, spec: { ...spec, paused: true } };
    const next = nextRelease({ ...paused, history: [], now });
    expect(next?.spec).toEqual(spec);
  });
});

describe('pruning releases', () => {
  const revisions = (...args: Parameters<typeof releasesToPrune>) =>
    releasesToPrune(...args).map(({ revision }) => revision);

  it('takes the oldest beyond the limit, the oldest first', () => {
    expect(revisions(released(3, 1, 4, 2, 5), 2, new Set())).toEqual([1, 2, 3]);
  });

  it('never takes the current and the last available one', () => {
    expect(revisions(released(1, 2, 3, 4), 1, new Set([1, 3]))).toEqual([2]);
  });

  it('keeps the newest even with a limit of nothing', () => {
    expect(revisions(released(1, 2), 0, new Set())).toEqual([1]);
  });

  it('takes nothing within the limit', () => {
    expect(revisions(released(1, 2), 10, new Set())).toEqual([]);
  });
});

describe('a release as a ControllerRevision', () => {
  const [release] = released(3);
  const application: Pick<Application, 'metadata'> = {
    metadata: { name: 'shop', namespace: 'shop', uid: 'uid-shop' },
  };
  const revision = toRevision(release, application, 'shop');

  it('is named after application and revision, and goes with its Application', () => {
    expect(revision).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: 'shop-3',
        namespace: 'shop',
        labels: { 'understage.dev/application': 'shop' },
        ownerReferences: [{ kind: 'Application', uid: 'uid-shop' }],
      },
      revision: 3,
    });
  });

  it('has a name that Kubernetes takes, however long the application is called', () => {
    expect(revisionName('a'.repeat(63), 1234)).toHaveLength(68);
  });

  it('can not be made of an application that was not read from a cluster', () => {
    expect(() =>
      toRevision(release, { metadata: { name: 'shop' } }, 'shop'),
    ).toThrow(
      'release 3 of application shop can not be kept: the application has no uid',
    );
  });

  it('gives the release back as it was', () => {
    expect(fromRevision(JSON.parse(JSON.stringify(revision)))).toEqual({
      ok: true,
      value: JSON.parse(JSON.stringify(release)),
      warnings: [],
    });
  });

  it('gives every release back as it was, and its hash still fits', () => {
    fc.assert(
      fc.property(arbitraryApplication(), each => {
        const free = { ...each.spec, revision: undefined };
        const next = nextRelease({ ...content, spec: free, history: [], now });
        if (!next) throw new Error('the first release is always a new one');
        const kept = fromRevision(
          JSON.parse(JSON.stringify(toRevision(next, application, 'shop'))),
        );
        expect(kept).toMatchObject({ ok: true });
        expect(kept.ok && releaseHash(kept.value)).toBe(next.hash);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'x'],
    ['an older shape', { spec: {} }],
    [
      'a specification that is not valid any more',
      { ...release, spec: { components: [] } },
    ],
    [
      'a chart object that is none',
      { ...release, charts: { redis: { ...redis, objects: [{}] } } },
    ],
  ])(
    'that holds %s is a problem with a name, not an exception',
    (_what, data) => {
      const checked = fromRevision({ ...revision, data });
      expect(checked.ok).toBe(false);
      const [problem] = checked.ok ? [] : checked.problems;
      expect(problem.path).toMatch(/^data/);
      expect(problem.message).toContain(
        'ControllerRevision shop-3 can not be read',
      );
    },
  );

  it('can be listed from a cache that does not keep the objects of charts', () => {
    const line = {
      revision: 3,
      createdAt: '2026-11-23T12:00:00.000Z',
      hash: 'hash-3',
      images: { web: 'registry.example.com/web@sha256:aa' },
      charts: { redis: 'bitnami/redis 20.1.0' },
    };
    expect(releaseLine(revision, application)).toEqual(line);
    const projected = createProjection()(revision);
    expect(releaseLine(projected, application)).toEqual(line);
    expect(JSON.stringify(projected)).not.toContain('"objects"');
  });

  it('is told from the revisions that controllers keep for themselves', () => {
    const theirs = { ...revision, metadata: { name: 'shop-db-6b7' } };
    expect(releaseLine(theirs, application)).toBeUndefined();
  });

  it.each([
    ['that only carries the label', []],
    ['of another application', [{ uid: 'uid-other', controller: true }]],
    ['that names the application without being controlled by it', [{}]],
  ])('is told from one %s', (_which, owners) => {
    const ownerReferences = owners.map(owner => ({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      name: 'shop',
      uid: application.metadata.uid ?? '',
      ...owner,
    }));
    const metadata = { ...revision.metadata, ownerReferences };
    expect(releaseLine({ ...revision, metadata }, application)).toBeUndefined();
  });
});
