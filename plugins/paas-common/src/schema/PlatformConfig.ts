/** One chart repository. */
export interface ChartRepositoryConfig {
  /** `https://`, `http://` or `oci://`, without credentials. */
  readonly url: string;
  /** Further hosts that archives may come from: `host` or `host:port`. */
  readonly hosts?: readonly string[];
  /** For `oci://` only: talk HTTP without TLS. */
  readonly plainHttp?: boolean;
}

/** What `expose` is rendered to. */
export type ExposeConfig =
  | {
      readonly kind: 'Ingress';
      readonly ingressClassName?: string;
      /** Namespace of the ingress controller. */
      readonly namespace?: string;
    }
  | {
      readonly kind: 'HTTPRoute';
      readonly gateway: { readonly namespace: string; readonly name: string };
    };

/** Settings of the platform, defaults filled in; docs/reference/configuration.md explains them. */
export interface PlatformConfig {
  readonly images: {
    /** Image of a component that names none, with `{tenant}`, `{application}` and `{component}`. */
    readonly convention?: string;
  };
  /** By the alias that `chart: alias/name` uses. */
  readonly chartRepositories: Readonly<Record<string, ChartRepositoryConfig>>;
  readonly expose: ExposeConfig;
  /** Namespace whose pods may scrape metrics. */
  readonly monitoringNamespace?: string;
  readonly releases: { readonly history: number };
}
