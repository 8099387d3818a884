import { ApplicationSpec } from '../../schema/Application';
import { RenderedChart, ResolvedImage } from '../desired';
import { contentHash } from '../planning';

/** What makes a release: the specification, and what it was resolved to. */
export interface ReleaseContent {
  readonly spec: ApplicationSpec;
  readonly images: Readonly<Record<string, ResolvedImage>>;
  readonly charts: Readonly<Record<string, RenderedChart>>;
}

/** The specification without what steers the operator: pausing or pinning is no new release. */
export function releasedSpec(spec: ApplicationSpec): ApplicationSpec {
  const { revision, paused, ...released } = spec;
  return { ...released, paused: false };
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  to: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, to(value)]),
  );
}

/** Hash over specification, image references and chart digests: an equal hash is the same release. */
export function releaseHash(content: ReleaseContent): string {
  return contentHash({
    spec: releasedSpec(content.spec),
    images: mapValues(content.images, image => image.ref),
    charts: mapValues(content.charts, ({ chart, version, digest }) => ({
      chart,
      version,
      digest,
    })),
  });
}
