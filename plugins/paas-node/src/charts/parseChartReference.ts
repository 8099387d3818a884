import { ChartProblem } from './ChartProblem';
import { ChartRepositories, ChartRepository } from './ChartRenderer';
import { plainLine } from './plainText';

/** Where a chart is to be had. */
export type ChartReference =
  | {
      readonly kind: 'repository';
      readonly alias: string;
      readonly repository: ChartRepository;
      readonly name: string;
    }
  | {
      readonly kind: 'oci';
      /** Host, with port if any. */
      readonly registry: string;
      /** Repository path in the registry, ending in the chart's name. */
      readonly path: string;
      readonly plainHttp: boolean;
      /** Further hosts that the registry may send its readers to for archives. */
      readonly hosts?: readonly string[];
      readonly name: string;
    };

/** Chart names become file names and URL segments: no dots in a row, no separators, nothing to be escaped. */
const chartName = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const ociPath =
  /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const ociScheme = 'oci://';

function known(repositories: ChartRepositories): string {
  const aliases = Object.keys(repositories).sort();
  return aliases.length === 0
    ? 'none is configured'
    : `known are ${aliases.join(', ')}`;
}

function checkedName(name: string, written: string): string {
  if (chartName.test(name)) return name;
  throw new ChartProblem(
    'ChartNotFound',
    `"${plainLine(
      written,
      120,
    )}" is not a chart: after the repository stands one name of letters, digits, ".", "_" and "-".`,
  );
}

/** `oci://host/path` taken apart; the path keeps no leading or trailing slash. */
function splitOci(url: string): { registry: string; path: string } {
  const rest = url.slice(ociScheme.length).replace(/\/+$/, '');
  const slash = rest.indexOf('/');
  return slash < 0
    ? { registry: rest, path: '' }
    : { registry: rest.slice(0, slash), path: rest.slice(slash + 1) };
}

function ociReference(
  written: string,
  repositories: ChartRepositories,
): ChartReference {
  const { registry, path } = splitOci(written);
  const allowed = Object.values(repositories).find(({ url }) => {
    if (!url.startsWith(ociScheme)) return false;
    const prefix = splitOci(url);
    return (
      prefix.registry === registry &&
      (prefix.path === '' || path.startsWith(`${prefix.path}/`))
    );
  });
  if (!allowed) {
    throw new ChartProblem(
      'RepositoryUnknown',
      `The registry of "${plainLine(
        written,
        120,
      )}" is not configured on this platform; ${known(
        repositories,
      )}. Ask the platform team to add it under paas.chartRepositories.`,
    );
  }
  if (!ociPath.test(path)) {
    throw new ChartProblem(
      'ChartNotFound',
      `"${plainLine(
        written,
        120,
      )}" is not a chart: write oci://registry/path/name in lower case, and the version in the field version.`,
    );
  }
  return {
    kind: 'oci',
    registry,
    path,
    plainHttp: allowed.plainHttp === true,
    ...(allowed.hosts === undefined ? {} : { hosts: allowed.hosts }),
    name: path.slice(path.lastIndexOf('/') + 1),
  };
}

/**
 * Finds out where `chart` comes from. Only configured repositories answer: a specification can not make the platform
 * talk to an address of its choosing.
 */
export function parseChartReference(
  chart: string,
  repositories: ChartRepositories,
): ChartReference {
  if (chart.startsWith(ociScheme)) return ociReference(chart, repositories);
  const slash = chart.indexOf('/');
  const alias = chart.slice(0, Math.max(slash, 0));
  const name = chart.slice(slash + 1);
  const repository = Object.hasOwn(repositories, alias)
    ? repositories[alias]
    : undefined;
  if (slash <= 0) {
    throw new ChartProblem(
      'RepositoryUnknown',
      `"${plainLine(
        chart,
        120,
      )}" names no repository: write repository/name; ${known(repositories)}.`,
    );
  }
  if (!repository) {
    throw new ChartProblem(
      'RepositoryUnknown',
      `The chart repository "${plainLine(
        alias,
        80,
      )}" is not configured on this platform; ${known(
        repositories,
      )}. Ask the platform team to add it under paas.chartRepositories.`,
    );
  }
  const checked = checkedName(name, chart);
  if (!repository.url.startsWith(ociScheme)) {
    return { kind: 'repository', alias, repository, name: checked };
  }
  const prefix = splitOci(repository.url);
  return {
    kind: 'oci',
    registry: prefix.registry,
    path: prefix.path === '' ? checked : `${prefix.path}/${checked}`,
    plainHttp: repository.plainHttp === true,
    ...(repository.hosts === undefined ? {} : { hosts: repository.hosts }),
    name: checked,
  };
}
