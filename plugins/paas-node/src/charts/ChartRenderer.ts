import { ChartOutcome } from '@understage/plugin-paas-common';

/** What one HelmChart component asks for. */
export interface ChartRequest {
  /** `repository/name` of a configured repository, or `oci://registry/path/name` below a configured prefix. */
  readonly chart: string;
  /** A version or a range (`^18.0.0`); absent means the newest stable one. */
  readonly version?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly releaseName: string;
  readonly namespace: string;
  /** Version of the cluster that the objects are for, e.g. `v1.36.3`; absent means helm's own default. */
  readonly kubeVersion?: string;
  /** Further API versions that the cluster serves, e.g. `monitoring.coreos.com/v1`. */
  readonly apiVersions?: readonly string[];
  /** Aborting rejects with the signal's reason: giving up is not a property of the chart. */
  readonly signal?: AbortSignal;
}

/** Turns a chart and its values into objects. Failures are outcomes with a reason and one sentence, never exceptions. */
export interface ChartRenderer {
  render(request: ChartRequest): Promise<ChartOutcome>;
}

/**
 * A place that charts may come from. `url` is `https://...`, `http://...` or `oci://registry/prefix`; archives are only
 * fetched from its host, or from one of `hosts` (`host` or `host:port`).
 */
export interface ChartRepository {
  readonly url: string;
  readonly hosts?: readonly string[];
  /** For `oci://` only: talk plain HTTP, as registries on the same machine do. */
  readonly plainHttp?: boolean;
}

/** Repositories by the alias that charts are named with. */
export type ChartRepositories = Readonly<Record<string, ChartRepository>>;
