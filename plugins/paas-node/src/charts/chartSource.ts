import { nearestName } from '@understage/plugin-paas-common';
import { ArchiveCache, CachedArchive } from './archiveCache';
import { ChartIndex, ChartVersion, fetchChartIndex } from './chartIndex';
import { ChartProblem } from './ChartProblem';
import { ChartRepositories, ChartRepository } from './ChartRenderer';
import { fetchCapped } from './fetchCapped';
import { findOciChart } from './fetchOciChart';
import { ChartReference, parseChartReference } from './parseChartReference';
import { selectVersion } from './selectVersion';

/** A chart's archive on this machine, and the version it is. */
export interface ChartArchive extends CachedArchive {
  readonly version: string;
}

/** Limits on fetching. Times in milliseconds. */
export interface ChartSourceLimits {
  readonly timeoutMs: number;
  readonly maxArchiveBytes: number;
  /** How long an index that was read is taken as current. */
  readonly indexAgeMs: number;
}

/** Finds charts in the configured repositories and brings their archives here. */
export class ChartSource {
  readonly #repositories: ChartRepositories;
  readonly #cache: ArchiveCache;
  readonly #limits: ChartSourceLimits;
  readonly #now: () => number;
  readonly #indexes = new Map<
    string,
    { readonly index: Promise<ChartIndex>; readonly at: number }
  >();

  constructor(options: {
    readonly repositories: ChartRepositories;
    readonly cache: ArchiveCache;
    readonly limits: ChartSourceLimits;
    readonly now: () => number;
  }) {
    this.#repositories = options.repositories;
    this.#cache = options.cache;
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /** Throws `ChartProblem` when the chart is not to be had. */
  async archive(
    chart: string,
    options: { readonly version?: string; readonly signal?: AbortSignal },
  ): Promise<ChartArchive> {
    const reference = parseChartReference(chart, this.#repositories);
    return reference.kind === 'oci'
      ? this.#fromRegistry(reference, options)
      : this.#fromRepository(reference, options);
  }

  /** What the repository of an alias offers. Registries can not be asked for that. */
  async offers(alias: string, signal?: AbortSignal): Promise<ChartIndex> {
    const repository = this.#repositories[alias];
    return this.#index(alias, repository, signal);
  }

  async #fromRegistry(
    reference: Extract<ChartReference, { kind: 'oci' }>,
    options: { readonly version?: string; readonly signal?: AbortSignal },
  ): Promise<ChartArchive> {
    const { timeoutMs, maxArchiveBytes } = this.#limits;
    const found = await findOciChart(reference, {
      wanted: options.version,
      maxArchiveBytes,
      limits: {
        timeoutMs,
        maxBytes: 4 * 1024 * 1024,
        signal: options.signal,
      },
    });
    const cached =
      (await this.#cache.find(found.sha256)) ??
      (await this.#cache.store(await found.fetchArchive(), {
        source: found.source,
        expected: found.sha256,
      }));
    return { ...cached, version: found.version };
  }

  async #fromRepository(
    reference: Extract<ChartReference, { kind: 'repository' }>,
    options: { readonly version?: string; readonly signal?: AbortSignal },
  ): Promise<ChartArchive> {
    const { alias, name, repository } = reference;
    const index = await this.#index(alias, repository, options.signal);
    const versions = index.charts.get(name);
    if (!versions) {
      const near = nearestName(name, [...index.charts.keys()]);
      throw new ChartProblem(
        'ChartNotFound',
        near === undefined
          ? `The repository ${alias} has no chart "${name}".`
          : `The repository ${alias} has no chart "${name}": did you mean ${alias}/${near}?`,
      );
    }
    const version = selectVersion({
      chart: `${alias}/${name}`,
      available: versions.map(entry => entry.version),
      wanted: options.version,
    });
    const entry = versions.find(candidate => candidate.version === version);
    if (!entry) throw new Error(`no entry for the selected version ${version}`);
    const cached =
      entry.sha256 === undefined
        ? undefined
        : await this.#cache.find(entry.sha256);
    return {
      ...(cached ?? (await this.#download(entry, repository, options.signal))),
      version,
    };
  }

  async #download(
    entry: ChartVersion,
    repository: ChartRepository,
    signal?: AbortSignal,
  ): Promise<CachedArchive> {
    const url = new URL(entry.url);
    const allowed = [new URL(repository.url).host, ...(repository.hosts ?? [])];
    if (!/^https?:$/.test(url.protocol) || !allowed.includes(url.host)) {
      throw new ChartProblem(
        'RepositoryUnreachable',
        `The repository keeps the archive of version ${entry.version} at ${url.protocol}//${url.host}, which is not configured for it. The platform team can add the host to the repository's hosts.`,
      );
    }
    const answer = await fetchCapped(url, {
      timeoutMs: this.#limits.timeoutMs,
      maxBytes: this.#limits.maxArchiveBytes,
      hosts: repository.hosts,
      signal,
    });
    if (answer.status !== 200) {
      throw new ChartProblem(
        'RepositoryUnreachable',
        `${url.href} answers with status ${answer.status}, although the repository's index names it.`,
      );
    }
    return this.#cache.store(answer.body, {
      source: url.href,
      expected: entry.sha256,
    });
  }

  /** One request for any number of askers; a failure is not remembered. */
  async #index(
    alias: string,
    repository: ChartRepository,
    signal?: AbortSignal,
  ): Promise<ChartIndex> {
    const known = this.#indexes.get(alias);
    if (known && this.#now() - known.at < this.#limits.indexAgeMs) {
      return known.index;
    }
    // Not the asker's signal: others may be waiting for the same answer. The time limit ends it.
    const index = fetchChartIndex(repository, {
      timeoutMs: this.#limits.timeoutMs,
    });
    const entry = { index, at: this.#now() };
    this.#indexes.set(alias, entry);
    index.catch(() => {
      if (this.#indexes.get(alias) === entry) this.#indexes.delete(alias);
    });
    const answer = await index;
    signal?.throwIfAborted();
    return answer;
  }
}
