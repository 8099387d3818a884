/** A chart that components may name. */
export interface OfferedChart {
  /** As components write it: `repository/name`. */
  readonly chart: string;
  readonly description?: string;
  /** The newest first; at most twenty. */
  readonly versions: readonly string[];
}

/** Everything that the configured repositories offer. One that does not answer takes nothing from the others. */
export interface ChartOffers {
  readonly charts: readonly OfferedChart[];
  /** Repositories whose charts are not among these, and why. */
  readonly missing: readonly {
    readonly repository: string;
    readonly why: string;
  }[];
}

/** What a form for the values of one chart needs. */
export interface ChartValues {
  readonly chart: string;
  readonly version: string;
  /** `values.yaml` of the chart, with its comments. */
  readonly values: string;
  /** `values.schema.json`; absent when there is none, or none that can be used here. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** Names a chart; without a version its newest stable one, or the newest of a range such as `^18.0.0`. */
export interface ChartQuery {
  readonly chart: string;
  readonly version?: string;
}
