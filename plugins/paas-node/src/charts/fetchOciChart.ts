import { z } from 'zod';
import { ChartProblem } from './ChartProblem';
import { ChartReference } from './parseChartReference';
import { Fetched, FetchLimits, fetchCapped } from './fetchCapped';
import { plainLine } from './plainText';
import { selectVersion } from './selectVersion';

type OciReference = Extract<ChartReference, { kind: 'oci' }>;

const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const tagsShape = z.object({ tags: z.array(z.string()).nullable() });
const manifestShape = z.object({
  layers: z.array(
    z.object({
      mediaType: z.string(),
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    }),
  ),
});

/** A chart in a registry: the version taken, the digest of its archive, and how to get it. */
export interface OciChart {
  readonly version: string;
  readonly sha256: string;
  readonly source: string;
  readonly fetchArchive: () => Promise<Buffer>;
}

function checkedStatus(answer: Fetched, url: URL, chart: string): Fetched {
  if (answer.status === 200) return answer;
  if (answer.status === 404) {
    throw new ChartProblem(
      'ChartNotFound',
      `The registry ${url.host} has no ${chart}.`,
    );
  }
  const why =
    answer.status === 401 || answer.status === 403
      ? 'asks for credentials, and the platform fetches charts without any'
      : `answers with status ${answer.status}`;
  throw new ChartProblem(
    'RepositoryUnreachable',
    `The registry ${url.host} ${why}; the platform team has to look at it.`,
  );
}

function parsed<T>(schema: z.ZodType<T>, answer: Fetched, url: URL): T {
  try {
    return schema.parse(JSON.parse(answer.body.toString('utf8')));
  } catch (cause) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `${url.href} does not answer as an OCI registry does.`,
      { cause },
    );
  }
}

/**
 * Finds a chart in an OCI registry by the distribution API: tags, manifest, the layer with the chart. Without
 * credentials. Tags write the `+` of a version as `_`.
 */
export async function findOciChart(
  reference: OciReference,
  options: {
    readonly wanted?: string;
    readonly limits: FetchLimits;
    readonly maxArchiveBytes: number;
  },
): Promise<OciChart> {
  const { registry, path, plainHttp } = reference;
  const scheme = plainHttp ? 'http' : 'https';
  const base = `${scheme}://${registry}/v2/${path}`;
  const chart = `chart ${plainLine(path, 120)}`;
  const get = async (url: URL, limits: Partial<FetchLimits>) =>
    checkedStatus(
      await fetchCapped(url, { ...options.limits, ...limits }),
      url,
      chart,
    );

  const tagsUrl = new URL(`${base}/tags/list`);
  const { tags } = parsed(tagsShape, await get(tagsUrl, {}), tagsUrl);
  const version = selectVersion({
    chart: `${registry}/${path}`,
    available: (tags ?? []).map(tag => tag.replace(/_/g, '+')),
    wanted: options.wanted,
  });
  const tag = encodeURIComponent(version.replace(/\+/g, '_'));
  const manifestUrl = new URL(`${base}/manifests/${tag}`);
  const manifest = parsed(
    manifestShape,
    await get(manifestUrl, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    }),
    manifestUrl,
  );
  const layer = manifest.layers.find(
    ({ mediaType }) => mediaType === chartLayer,
  );
  if (!layer) {
    throw new ChartProblem(
      'ChartNotFound',
      `${registry}/${path}:${tag} is an image or another artifact, not a Helm chart.`,
    );
  }
  const blobUrl = new URL(`${base}/blobs/${layer.digest}`);
  return {
    version,
    sha256: layer.digest.slice('sha256:'.length),
    source: blobUrl.href,
    fetchArchive: async () =>
      (await get(blobUrl, { maxBytes: options.maxArchiveBytes })).body,
  };
}
