export interface Config {
  /** Understage: clusters, and the platform's settings as operator and CLI know them too. */
  paas?: {
    /** Clusters that the portal shows. The first one gives its entities the plain names. */
    clusters?: Array<{
      /** Lower-case letters, digits and -. Stands in addresses and in the catalog. */
      name: string;
      /** Path of a kubeconfig; default what kubectl would use. */
      kubeconfig?: string;
      /** Context of the kubeconfig; default its current one. */
      context?: string;
      /** Reached as the pod that the backend runs in. */
      inCluster?: boolean;
    }>;
    audit?: {
      /** Days for which lines of the audit trail are kept; default 365. */
      retentionDays?: number;
    };
    /** How plans render charts. */
    helm?: {
      /** Path of helm; default the one on PATH. */
      binary?: string;
      /** Where chart archives are kept. */
      cacheDirectory?: string;
    };
    images?: {
      /** Image of a component that names none; {tenant}, {application} and {component} are filled in. */
      convention?: string;
    };
    /** Chart repositories by the alias that `chart: alias/name` uses. */
    chartRepositories?: {
      [alias: string]: { url: string; hosts?: string[]; plainHttp?: boolean };
    };
    /** What `expose` is rendered to. */
    expose?: {
      kind: 'Ingress' | 'HTTPRoute';
      ingressClassName?: string;
      namespace?: string;
      gateway?: { namespace: string; name: string };
    };
    /** Namespace whose pods may scrape metrics. */
    monitoringNamespace?: string;
    releases?: {
      /** Releases kept of each application; default 10. */
      history?: number;
    };
  };
}
