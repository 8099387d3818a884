import path from 'node:path';
import { ChartOffers, OfferedChart } from '@understage/plugin-paas-common';
import { ArchiveCache } from './archiveCache';
import { ChartCatalog } from './ChartCatalog';
import { ChartIndex } from './chartIndex';
import { ChartProblem } from './ChartProblem';
import { ChartRepositories } from './ChartRenderer';
import { ChartSource } from './chartSource';
import { checkArchive } from './checkArchive';
import { defaultChartLimits } from './createHelmChartRenderer';
import { plainLine } from './plainText';
import { RefusedChart } from './RefusedChart';
import { newestFirst } from './selectVersion';

const MOST_VERSIONS = 20;
/** A larger one describes no form that anybody fills in. */
const MOST_SCHEMA_BYTES = 512 * 1024;
const MOST_VALUES_BYTES = 1024 * 1024;

export interface ChartCatalogOptions {
  readonly repositories: ChartRepositories;
  /** Where archives are kept, by content; may be the renderer's. */
  readonly cacheDirectory: string;
  /** Milliseconds, for the age of indexes. */
  readonly now?: () => number;
}

function offered(alias: string, { charts }: ChartIndex): OfferedChart[] {
  return [...charts].flatMap(([name, entries]) => {
    const versions = newestFirst(entries.map(({ version }) => version));
    const newest = entries.find(({ version }) => version === versions[0]);
    if (!newest) return [];
    return [
      {
        chart: `${alias}/${plainLine(name, 128)}`,
        ...(newest.description && { description: newest.description }),
        versions: versions.slice(0, MOST_VERSIONS),
      },
    ];
  });
}

/** A schema that leads elsewhere, or is none, is no schema: a form made from it would not be the chart's. */
function usableSchema(
  text: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || text.length > MOST_SCHEMA_BYTES) return undefined;
  try {
    const schema: unknown = JSON.parse(text);
    return typeof schema === 'object' && schema && !Array.isArray(schema)
      ? { ...schema }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Looks into the charts of the configured repositories, under the same limits and checks as rendering. */
export function createChartCatalog(options: ChartCatalogOptions): ChartCatalog {
  const { repositories, cacheDirectory } = options;
  const { fetchTimeoutMs, maxArchiveBytes, indexAgeMs } = defaultChartLimits;
  const source = new ChartSource({
    repositories,
    cache: new ArchiveCache(path.join(cacheDirectory, 'archives')),
    limits: { timeoutMs: fetchTimeoutMs, maxArchiveBytes, indexAgeMs },
    now: options.now ?? (() => Date.now()),
  });

  const offersOf = async (
    alias: string,
    signal?: AbortSignal,
  ): Promise<ChartOffers> => {
    if (repositories[alias].url.startsWith('oci:')) {
      const why =
        'It is a registry, which can not be asked what it holds; name the chart.';
      return { charts: [], missing: [{ repository: alias, why }] };
    }
    try {
      const index = await source.offers(alias, signal);
      return { charts: offered(alias, index), missing: [] };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ChartProblem)) throw error;
      return {
        charts: [],
        missing: [{ repository: alias, why: error.message }],
      };
    }
  };

  return {
    async offers(signal) {
      const all = await Promise.all(
        Object.keys(repositories).map(alias => offersOf(alias, signal)),
      );
      return {
        charts: all
          .flatMap(({ charts }) => charts)
          .sort((a, b) => (a.chart < b.chart ? -1 : 1)),
        missing: all.flatMap(({ missing }) => missing),
      };
    },
    async values({ chart, version }, signal) {
      try {
        const archive = await source.archive(chart, { version, signal });
        const listing = await checkArchive(archive.file);
        const schema = listing.remoteSchema
          ? undefined
          : usableSchema(listing.schema);
        return {
          chart,
          version: archive.version,
          values: (listing.values ?? '').slice(0, MOST_VALUES_BYTES),
          ...(schema && { schema }),
        };
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ChartProblem)) throw error;
        throw new RefusedChart(error.reason, error.message);
      }
    },
  };
}
