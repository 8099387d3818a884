import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { ChartOutcome, RenderedChart } from '@understage/plugin-paas-common';
import { ArchiveCache } from './archiveCache';
import { ChartProblem } from './ChartProblem';
import {
  ChartRenderer,
  ChartRepositories,
  ChartRequest,
} from './ChartRenderer';
import { ChartArchive, ChartSource } from './chartSource';
import { checkArchive } from './checkArchive';
import { describeHelmFailure } from './describeHelmFailure';
import { parseManifests } from './parseManifests';
import { plainLine } from './plainText';
import { createHelmRunner, HelmResult, RunHelm } from './runHelm';

/** Limits of one renderer; times in milliseconds. */
export interface ChartLimits {
  readonly fetchTimeoutMs: number;
  readonly renderTimeoutMs: number;
  readonly indexAgeMs: number;
  readonly maxArchiveBytes: number;
  readonly maxOutputBytes: number;
  readonly maxMemoryBytes: number;
  readonly maxValuesBytes: number;
  readonly concurrency: number;
  /** Renderings kept in memory. */
  readonly keep: number;
}

export const defaultChartLimits: ChartLimits = {
  fetchTimeoutMs: 30_000,
  renderTimeoutMs: 30_000,
  indexAgeMs: 60_000,
  maxArchiveBytes: 20 * 1024 * 1024,
  maxOutputBytes: 10 * 1024 * 1024,
  maxMemoryBytes: 2 * 1024 * 1024 * 1024,
  maxValuesBytes: 1024 * 1024,
  concurrency: 4,
  keep: 200,
};

export interface HelmChartRendererOptions {
  /** Path of the helm 4 binary. */
  readonly helm: string;
  readonly repositories: ChartRepositories;
  /** Where archives are kept, by content; may be shared and may be deleted. */
  readonly cacheDirectory: string;
  readonly limits?: Partial<ChartLimits>;
  readonly run?: RunHelm;
  /** Milliseconds, for the age of indexes. */
  readonly now?: () => number;
}

const releaseName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Everything of helm's that could reach beyond the archive points into an empty directory: no repositories, no
 * plug-ins, no registry credentials, no kubeconfig. Addresses lead to a closed port, for the one loader that would use
 * them (schemas).
 */
function helmEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data'),
    HELM_PLUGINS: path.join(home, 'plugins'),
    HELM_NO_PLUGINS: '1',
    KUBECONFIG: path.join(home, 'no-kubeconfig'),
    HTTP_PROXY: 'http://127.0.0.1:1',
    HTTPS_PROXY: 'http://127.0.0.1:1',
    NO_COLOR: '1',
    LC_ALL: 'C',
  };
}

/** Renderings by everything that they depend on; the oldest go first. */
class Renderings {
  readonly #kept = new Map<string, RenderedChart>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): RenderedChart | undefined {
    return this.#kept.get(key);
  }

  set(key: string, chart: RenderedChart): void {
    this.#kept.set(key, chart);
    if (this.#kept.size > this.#max) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest);
        break;
      }
    }
  }
}

class HelmChartRenderer implements ChartRenderer {
  readonly #limits: ChartLimits;
  readonly #run: RunHelm;
  readonly #source: ChartSource;
  readonly #turn: ReturnType<typeof pLimit>;
  readonly #renderings: Renderings;

  constructor(options: HelmChartRendererOptions) {
    this.#limits = { ...defaultChartLimits, ...options.limits };
    this.#run = options.run ?? createHelmRunner(options.helm);
    this.#turn = pLimit(this.#limits.concurrency);
    this.#renderings = new Renderings(this.#limits.keep);
    this.#source = new ChartSource({
      repositories: options.repositories,
      cache: new ArchiveCache(path.join(options.cacheDirectory, 'archives')),
      limits: {
        timeoutMs: this.#limits.fetchTimeoutMs,
        maxArchiveBytes: this.#limits.maxArchiveBytes,
        indexAgeMs: this.#limits.indexAgeMs,
      },
      now: options.now ?? (() => Date.now()),
    });
  }

  async render(request: ChartRequest): Promise<ChartOutcome> {
    request.signal?.throwIfAborted();
    try {
      return { kind: 'rendered', chart: await this.#rendered(request) };
    } catch (error) {
      request.signal?.throwIfAborted();
      if (!(error instanceof ChartProblem)) {
        // The disk is full, the cache is not ours to write: for the platform team, and worth another try.
        return {
          kind: 'failed',
          reason: 'ChartFailed',
          message: `The platform could not handle ${plainLine(
            request.chart,
            120,
          )}: ${plainLine(
            error instanceof Error ? error.message : String(error),
            200,
          )}`,
        };
      }
      return { kind: 'failed', reason: error.reason, message: error.message };
    }
  }

  async #rendered(request: ChartRequest): Promise<RenderedChart> {
    const values = this.#valuesText(request);
    const archive = await this.#source.archive(request.chart, request);
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          request.chart,
          archive.version,
          archive.sha256,
          values,
          request.releaseName,
          request.namespace,
          request.kubeVersion ?? '',
          request.apiVersions ?? [],
        ]),
      )
      .digest('hex');
    const kept = this.#renderings.get(key);
    if (kept) return kept;
    const { text, crds } = await this.#turn(() =>
      this.#template({ request, archive, values }),
    );
    const chart: RenderedChart = {
      chart: request.chart,
      version: archive.version,
      digest: `sha256:${archive.sha256}`,
      objects: parseManifests(text),
      ...(crds.length > 0 ? { crds } : {}),
    };
    this.#renderings.set(key, chart);
    return chart;
  }

  #valuesText(request: ChartRequest): string {
    if (
      !releaseName.test(request.releaseName) ||
      !releaseName.test(request.namespace)
    ) {
      throw new ChartProblem(
        'ChartFailed',
        `"${plainLine(request.releaseName, 80)}" in "${plainLine(
          request.namespace,
          80,
        )}" can not name a release: lower-case letters, digits and "-" only.`,
      );
    }
    const values = JSON.stringify(request.values);
    if (Buffer.byteLength(values) > this.#limits.maxValuesBytes) {
      throw new ChartProblem(
        'ChartFailed',
        `The values for ${plainLine(request.chart, 120)} are larger than ${
          this.#limits.maxValuesBytes
        } bytes.`,
      );
    }
    return values;
  }

  async #template(job: {
    readonly request: ChartRequest;
    readonly archive: ChartArchive;
    readonly values: string;
  }): Promise<{ readonly text: string; readonly crds: readonly string[] }> {
    const { request, archive, values } = job;
    const home = await mkdtemp(path.join(tmpdir(), 'understage-helm-'));
    try {
      await mkdir(path.join(home, 'plugins'));
      const chartFile = path.join(home, 'chart.tgz');
      const { crds, remoteSchema } = await checkArchive(archive.file, {
        copyTo: chartFile,
      });
      const valuesFile = path.join(home, 'values.json');
      await writeFile(valuesFile, values, { mode: 0o600 });
      const result = await this.#run({
        args: [
          'template',
          request.releaseName,
          chartFile,
          '--namespace',
          request.namespace,
          '--values',
          valuesFile,
          '--skip-tests',
          ...(request.kubeVersion === undefined
            ? []
            : [`--kube-version=${request.kubeVersion}`]),
          ...(request.apiVersions ?? []).map(
            version => `--api-versions=${version}`,
          ),
          ...(remoteSchema ? ['--skip-schema-validation'] : []),
        ],
        env: helmEnvironment(home),
        cwd: home,
        timeoutMs: this.#limits.renderTimeoutMs,
        maxOutputBytes: this.#limits.maxOutputBytes,
        maxMemoryBytes: this.#limits.maxMemoryBytes,
        signal: request.signal,
      });
      return { text: this.#output(result, { request, archive, home }), crds };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  #output(
    result: HelmResult,
    job: {
      readonly request: ChartRequest;
      readonly archive: ChartArchive;
      readonly home: string;
    },
  ): string {
    const { request, archive, home } = job;
    if (result.ended === 'aborted') request.signal?.throwIfAborted();
    if (result.ended === 'missing') {
      throw new ChartProblem(
        'ChartFailed',
        'The platform can not run helm: the binary is missing or not executable. The platform team has to install helm 4.',
      );
    }
    if (result.ended === 'exit' && result.code === 0) return result.stdout;
    const why = describeHelmFailure(result, {
      timeoutMs: this.#limits.renderTimeoutMs,
      maxOutputBytes: this.#limits.maxOutputBytes,
      paths: [home, archive.file, path.dirname(archive.file)],
    });
    throw new ChartProblem(
      'ChartFailed',
      `${plainLine(request.chart, 120)} ${
        archive.version
      } can not be rendered: ${why.replace(/\.$/, '')}.`,
    );
  }
}

/**
 * Renders charts with the real helm. A chart comes from a configured repository only, its archive is checked by digest
 * and by listing, and helm sees nothing but that archive and a file of values.
 */
export function createHelmChartRenderer(
  options: HelmChartRendererOptions,
): ChartRenderer {
  return new HelmChartRenderer(options);
}
