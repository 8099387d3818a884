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
      size: z.number().optional(),
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

type Get = (url: URL, limits?: Partial<FetchLimits>) => Promise<Fetched>;

/** Versions of one chart; a registry that names more would keep this process busy with comparing them. */
const MAX_TAGS = 10_000;
const MAX_PAGES = 100;

/** Where the next page of tags is, if there is one. It has to be of the same list: the address is the registry's word. */
function nextPage(answer: Fetched, url: URL): URL | undefined {
  const { link } = answer.headers;
  const target =
    typeof link === 'string'
      ? /^\s*<([^>]*)>\s*;\s*rel="?next"?/i.exec(link)?.[1]
      : undefined;
  if (target === undefined || !URL.canParse(target, url.href)) return undefined;
  const next = new URL(target, url);
  if (next.origin !== url.origin || next.pathname !== url.pathname) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `The registry ${url.host} goes on with its list of versions at another place, which is not followed; the platform team has to look at it.`,
    );
  }
  return next;
}

/** All tags; registries tell them page by page, sorted by letters, so that the newest may be on any. */
async function allTags(start: URL, get: Get): Promise<readonly string[]> {
  const tags = new Set<string>();
  let url: URL | undefined = start;
  for (let page = 0; url !== undefined; page += 1) {
    const answer: Fetched = await get(url);
    parsed(tagsShape, answer, url).tags?.forEach(tag => tags.add(tag));
    if (tags.size > MAX_TAGS || page >= MAX_PAGES) {
      throw new ChartProblem(
        'RepositoryUnreachable',
        `The registry ${start.host} names more than ${MAX_TAGS} versions, or tells them in more than ${MAX_PAGES} pages; the platform team has to look at it.`,
      );
    }
    url = nextPage(answer, url);
  }
  return [...tags];
}

/** Digest of the layer that holds the chart. */
function chartLayerOf(
  manifest: z.output<typeof manifestShape>,
  place: { readonly artifact: string; readonly maxArchiveBytes: number },
): string {
  const { artifact, maxArchiveBytes } = place;
  const layer = manifest.layers.find(
    ({ mediaType }) => mediaType === chartLayer,
  );
  if (!layer) {
    throw new ChartProblem(
      'ChartNotFound',
      `${artifact} is an image or another artifact, not a Helm chart.`,
    );
  }
  if (layer.size !== undefined && layer.size > maxArchiveBytes) {
    throw new ChartProblem(
      'ChartFailed',
      `${artifact} is ${layer.size} bytes large; a chart may be ${maxArchiveBytes}.`,
    );
  }
  return layer.digest;
}

/**
 * Finds a chart in an OCI registry by the distribution API: tags, manifest, the layer with the chart. Without
 * credentials. Tags write the `+` of a version as `_`. Whatever the registry says, nothing is fetched from elsewhere but
 * from hosts configured for it.
 */
export async function findOciChart(
  reference: OciReference,
  options: {
    readonly wanted?: string;
    readonly limits: FetchLimits;
    readonly maxArchiveBytes: number;
  },
): Promise<OciChart> {
  const { registry, path, plainHttp, hosts } = reference;
  const scheme = plainHttp ? 'http' : 'https';
  const base = `${scheme}://${registry}/v2/${path}`;
  const chart = `chart ${plainLine(path, 120)}`;
  // One for all pages: a registry that tells a page just in time, again and again, would never be done.
  const deadline = AbortSignal.timeout(options.limits.timeoutMs);
  const get: Get = async (url, limits = {}) =>
    checkedStatus(
      await fetchCapped(url, {
        ...options.limits,
        hosts,
        deadline,
        ...limits,
      }),
      url,
      chart,
    );

  const tags = await allTags(new URL(`${base}/tags/list`), get);
  const version = selectVersion({
    chart: `${registry}/${path}`,
    available: tags.map(tag => tag.replace(/_/g, '+')),
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
  const digest = chartLayerOf(manifest, {
    artifact: `${registry}/${path}:${tag}`,
    maxArchiveBytes: options.maxArchiveBytes,
  });
  const blobUrl = new URL(`${base}/blobs/${digest}`);
  return {
    version,
    sha256: digest.slice('sha256:'.length),
    source: blobUrl.href,
    fetchArchive: async () =>
      (
        await get(blobUrl, {
          maxBytes: options.maxArchiveBytes,
          deadline: undefined,
        })
      ).body,
  };
}
