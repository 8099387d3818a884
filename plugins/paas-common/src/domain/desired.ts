import { Application, ApplicationSpec } from '../schema/Application';
import { ComponentType } from '../schema/Component';
import { KubeObject, ObjectRef } from './kubernetes';
import { Reason } from './reasons';

/** Where an image came from, and what it is. */
export interface ResolvedImage {
  readonly ref: string;
  readonly from: 'component' | 'build' | 'convention' | 'chart';
}

/** The objects of one chart as `helm template` rendered them, before our rules were applied. */
export interface RenderedChart {
  readonly chart: string;
  readonly version: string;
  /** `sha256:...` of the chart archive. */
  readonly digest: string;
  readonly objects: readonly KubeObject[];
  /** Files of CustomResourceDefinitions in the archive (`crds/name.yaml`), which are not rendered. */
  readonly crds?: readonly string[];
}

/** What asking for a chart came to. */
export type ChartOutcome =
  | { readonly kind: 'rendered'; readonly chart: RenderedChart }
  | {
      readonly kind: 'failed';
      readonly reason: Reason;
      readonly message: string;
    };

/** Settings of the platform that rendering depends on; from configuration, equal for portal, CLI and operator. */
export interface PlatformSettings {
  /** Image of a component without one, e.g. `harbor.example.com/{tenant}/{component}:latest`. */
  readonly imageConvention?: string;
  /** `Ingress` or `HTTPRoute` for `expose`; with HTTPRoute the parent gateway. */
  readonly expose:
    | {
        readonly kind: 'Ingress';
        readonly ingressClassName?: string;
        readonly namespace?: string;
      }
    | {
        readonly kind: 'HTTPRoute';
        readonly gateway: { readonly namespace: string; readonly name: string };
      };
  /** Namespace whose pods may scrape metrics. */
  readonly monitoringNamespace?: string;
}

/** What the world outside the specification contributes to rendering. */
export interface ResolveContext {
  readonly namespace: string;
  readonly tenant: string;
  readonly platform: PlatformSettings;
  /** Images of verified builds by component name. */
  readonly builds: Readonly<Record<string, string>>;
  /** Images of a pinned release by component name: they win over everything, so that a rollback runs what ran then. */
  readonly pinnedImages?: Readonly<Record<string, ResolvedImage>>;
  /** Charts by component name; a missing entry means the chart was not asked for. */
  readonly charts: Readonly<Record<string, ChartOutcome>>;
  /**
   * Names of Services in the namespace that belong to somebody else, with the owner (`application shop`, `someone else`):
   * bare aliases of these names are left out.
   */
  readonly takenServiceNames: Readonly<Record<string, string>>;
  /**
   * Domains of the namespace's tenant: hosts outside them are refused. Absent for a namespace without a Tenant, which has
   * no such limit.
   */
  readonly domains?: readonly string[];
}

/** One edge of the dependency graph, checked. */
export interface Edge {
  /** As written: `frontend -> redis:6379`. */
  readonly text: string;
  readonly from: string;
  readonly to:
    | {
        readonly kind: 'component';
        readonly component: string;
        /** The Service that offers the port: the component's own, or one that its chart renders. */
        readonly service: string;
        /** The name that the caller is given; `service` when absent. It stays when a chart renames its Services. */
        readonly host?: string;
        /** The pods' port behind it, which network policies speak of. */
        readonly targetPort: number;
        /** Protocols offered there; absent means TCP. */
        readonly protocols?: readonly string[];
        /** True while the target can not be rendered: what stands behind its port is not known. */
        readonly unresolved?: true;
      }
    | {
        readonly kind: 'application';
        readonly application: string;
        readonly component: string;
      }
    | { readonly kind: 'external'; readonly host: string };
  readonly port: number;
  /** Prefix of the injected variables. */
  readonly env: string;
}

/** One object that should exist. */
export interface DesiredObject {
  readonly object: KubeObject;
  readonly component?: string;
  /** Volumes under `Retain`: no ownerReference, never pruned. */
  readonly retained: boolean;
}

/** Something that will not be rendered, and why; the rest goes on. */
export interface Refusal {
  readonly component?: string;
  readonly ref?: ObjectRef;
  readonly reason: Reason;
  readonly message: string;
}

export interface DesiredComponent {
  readonly name: string;
  readonly type: ComponentType;
  readonly image?: ResolvedImage;
  readonly chart?: {
    readonly name: string;
    readonly version: string;
    readonly digest: string;
  };
  /** Components of this application that have to be available before the first apply. */
  readonly dependsOn: readonly string[];
  /** Set when the component can not be rendered: nothing of it is created, updated or deleted. */
  readonly blocked?: { readonly reason: Reason; readonly message: string };
  readonly objects: readonly ObjectRef[];
}

/** What an Application means in one namespace: the value between resolving and planning. */
export interface Desired {
  readonly application: Application;
  readonly namespace: string;
  readonly tenant: string;
  readonly components: readonly DesiredComponent[];
  readonly edges: readonly Edge[];
  /** In order of application: service accounts, configuration, volumes, services, policies, workloads. */
  readonly objects: readonly DesiredObject[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
}

/** Content of a release (a ControllerRevision's `data`): everything needed to render it again, byte for byte. */
export interface Release {
  readonly revision: number;
  readonly spec: ApplicationSpec;
  readonly images: Readonly<Record<string, ResolvedImage>>;
  readonly charts: Readonly<Record<string, RenderedChart>>;
  readonly createdAt: string;
  /** Hash over spec, images and chart digests: an equal hash is the same release. */
  readonly hash: string;
}
