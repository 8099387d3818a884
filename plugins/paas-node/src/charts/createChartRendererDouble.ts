import {
  ChartOutcome,
  KubeObject,
  nearestName,
} from '@understage/plugin-paas-common';
import { createHash } from 'node:crypto';
import { ChartProblem } from './ChartProblem';
import { ChartRenderer, ChartRequest } from './ChartRenderer';
import { parseChartReference } from './parseChartReference';
import { selectVersion } from './selectVersion';

/** What one version of a chart of the double renders. May throw, as a template may call `fail`. */
export type DoubleChart = (request: ChartRequest) => readonly KubeObject[];

/** Charts of the double: repository alias, chart name, version. */
export type DoubleCharts = Readonly<
  Record<
    string,
    Readonly<Record<string, Readonly<Record<string, DoubleChart>>>>
  >
>;

/** A renderer over functions, with the same answers for what is not there; for tests without helm. */
export interface ChartRendererDouble extends ChartRenderer {
  /** What was asked for, in order. */
  readonly requests: readonly ChartRequest[];
  /** Makes a repository answer no more, or again. */
  setReachable(alias: string, reachable: boolean): void;
}

function failed(error: unknown, chart: string): ChartOutcome {
  if (error instanceof ChartProblem) {
    return { kind: 'failed', reason: error.reason, message: error.message };
  }
  const why = error instanceof Error ? error.message : String(error);
  return {
    kind: 'failed',
    reason: 'ChartFailed',
    message: `${chart} can not be rendered: ${why.replace(/\.$/, '')}.`,
  };
}

export function createChartRendererDouble(
  charts: DoubleCharts,
): ChartRendererDouble {
  const requests: ChartRequest[] = [];
  const unreachable = new Set<string>();
  const repositories = Object.fromEntries(
    Object.keys(charts).map(alias => [alias, { url: `http://${alias}.test/` }]),
  );

  function find(request: ChartRequest): { alias: string; name: string } {
    const reference = parseChartReference(request.chart, repositories);
    if (reference.kind === 'oci') {
      throw new ChartProblem(
        'RepositoryUnknown',
        'The double has no registry.',
      );
    }
    const { alias, name } = reference;
    if (unreachable.has(alias)) {
      throw new ChartProblem(
        'RepositoryUnreachable',
        `http://${alias}.test did not answer as a chart repository: refused.`,
      );
    }
    if (!Object.hasOwn(charts[alias], name)) {
      const near = nearestName(name, Object.keys(charts[alias]));
      throw new ChartProblem(
        'ChartNotFound',
        `The repository ${alias} has no chart "${name}"${
          near === undefined ? '.' : `: did you mean ${alias}/${near}?`
        }`,
      );
    }
    return { alias, name };
  }

  return {
    requests,
    setReachable(alias, reachable) {
      if (reachable) unreachable.delete(alias);
      else unreachable.add(alias);
    },
    async render(request) {
      request.signal?.throwIfAborted();
      requests.push(request);
      try {
        const { alias, name } = find(request);
        const versions = charts[alias][name];
        const version = selectVersion({
          chart: request.chart,
          available: Object.keys(versions),
          wanted: request.version,
        });
        const digest = createHash('sha256')
          .update(`${alias}/${name}@${version}`)
          .digest('hex');
        const objects = versions[version](request);
        return {
          kind: 'rendered',
          chart: {
            chart: request.chart,
            version,
            digest: `sha256:${digest}`,
            objects,
          },
        };
      } catch (error) {
        return failed(error, request.chart);
      }
    },
  };
}
