import yaml from 'js-yaml';
import { z } from 'zod';
import { ChartProblem } from './ChartProblem';
import { ChartRepository } from './ChartRenderer';
import { fetchCapped } from './fetchCapped';
import { plainLine } from './plainText';

/** One version of a chart, as the repository offers it. */
export interface ChartVersion {
  readonly version: string;
  /** Where its archive is; absolute. */
  readonly url: string;
  /** One line, when the index says. */
  readonly description?: string;
  /** SHA-256 of the archive in hex, when the index says. */
  readonly sha256?: string;
}

/** A repository's charts, read once. */
export interface ChartIndex {
  readonly charts: ReadonlyMap<string, readonly ChartVersion[]>;
}

const entryShape = z.looseObject({
  version: z.coerce.string().min(1).max(128),
  urls: z.array(z.string().min(1).max(2048)).min(1),
  digest: z.string().nullish(),
  description: z.string().nullish().catch(undefined),
});
const indexShape = z.looseObject({
  entries: z.record(z.string(), z.array(z.unknown()).nullable()),
});

function versionsOf(entries: readonly unknown[], base: URL): ChartVersion[] {
  return entries.flatMap(entry => {
    const parsed = entryShape.safeParse(entry);
    if (!parsed.success || !URL.canParse(parsed.data.urls[0], base.href)) {
      return [];
    }
    const digest = parsed.data.digest?.replace(/^sha256:/, '').toLowerCase();
    return [
      {
        version: parsed.data.version,
        url: new URL(parsed.data.urls[0], base).href,
        ...(parsed.data.description && {
          description: plainLine(parsed.data.description, 300),
        }),
        ...(digest !== undefined && digest !== '' ? { sha256: digest } : {}),
      },
    ];
  });
}

/** Reads the text of an `index.yaml` (or JSON, which some servers send). */
export function parseChartIndex(text: string, base: URL): ChartIndex {
  let document: unknown;
  try {
    document = text.trimStart().startsWith('{')
      ? JSON.parse(text)
      : yaml.load(text, { schema: yaml.CORE_SCHEMA });
  } catch (cause) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `The index of ${base.href} can not be read: ${plainLine(
        cause instanceof Error ? cause.message : String(cause),
        200,
      )}`,
      { cause },
    );
  }
  const parsed = indexShape.safeParse(document);
  if (!parsed.success) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `${base.href}index.yaml is not the index of a chart repository: it has no entries.`,
    );
  }
  return {
    charts: new Map(
      Object.entries(parsed.data.entries).map(([name, entries]) => [
        name,
        versionsOf(entries ?? [], base),
      ]),
    ),
  };
}

const maxIndexBytes = 64 * 1024 * 1024;

/** Fetches and reads the index of a repository with an http(s) address. */
export async function fetchChartIndex(
  repository: ChartRepository,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<ChartIndex> {
  const base = URL.canParse(repository.url)
    ? new URL(
        repository.url.endsWith('/') ? repository.url : `${repository.url}/`,
      )
    : undefined;
  if (!base || !['http:', 'https:'].includes(base.protocol)) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `The configured chart repository "${plainLine(
        repository.url,
        200,
      )}" is no http, https or oci address; the platform team has to correct it.`,
    );
  }
  const answer = await fetchCapped(new URL('index.yaml', base), {
    ...options,
    maxBytes: maxIndexBytes,
    hosts: repository.hosts,
  });
  if (answer.status !== 200) {
    throw new ChartProblem(
      'RepositoryUnreachable',
      `${base.href}index.yaml answers with status ${answer.status}; the platform team has to look at the repository.`,
    );
  }
  return parseChartIndex(answer.body.toString('utf8'), base);
}
