import { KubeObject } from '@understage/plugin-paas-common';

/** Fields of an object that a test cares about; the rest is made up. */
export interface ObjectSketch {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Objects that control it. */
  readonly owner?: KubeObject;
  readonly spec?: unknown;
  readonly status?: unknown;
}

const kinds: Readonly<Record<string, string>> = {
  Application: 'paas.understage.dev/v1',
  Tenant: 'paas.understage.dev/v1',
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  StatefulSet: 'apps/v1',
  ControllerRevision: 'apps/v1',
};

/** An object as a cluster would hold it. */
export function clusterObject(kind: string, sketch: ObjectSketch): KubeObject {
  const { name, namespace, owner, spec, status, ...metadata } = sketch;
  return {
    apiVersion: kinds[kind] ?? 'v1',
    kind,
    metadata: {
      uid: `${kind}-${namespace ?? ''}-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
      name,
      ...(namespace !== undefined && { namespace }),
      ...(owner && { ownerReferences: [ownerReference(owner)] }),
    },
    ...(spec !== undefined && { spec }),
    ...(status !== undefined && { status }),
  };
}

function ownerReference({ apiVersion, kind, metadata }: KubeObject) {
  const { name, uid = '' } = metadata;
  return { apiVersion, kind, name, uid, controller: true };
}

/** An Application with one Deployment component `web`, unless `spec` says otherwise. */
export function clusterApplication(
  sketch: ObjectSketch & { readonly namespace: string },
): KubeObject {
  return clusterObject('Application', {
    generation: 1,
    spec: { components: [{ name: 'web', type: 'Deployment', image: 'web:1' }] },
    ...sketch,
  });
}

/** A Deployment that an application made of a component, with its numbers. */
export function clusterDeployment(sketch: {
  readonly namespace: string;
  readonly application: string;
  readonly component?: string;
  readonly desired: number;
  readonly ready: number;
}): KubeObject {
  const { namespace, application, component = 'web', desired, ready } = sketch;
  return clusterObject('Deployment', {
    name: `${application}-${component}`,
    namespace,
    owner: clusterApplication({ name: application, namespace }),
    generation: 1,
    labels: {
      'understage.dev/application': application,
      'understage.dev/component': component,
    },
    spec: { replicas: desired },
    status: {
      observedGeneration: 1,
      replicas: desired,
      updatedReplicas: desired,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  });
}

/** A namespace of a tenant. */
export function clusterNamespace(
  name: string,
  tenancy: { readonly tenant?: string; readonly owner?: string } = {},
): KubeObject {
  const { tenant, owner } = tenancy;
  return clusterObject('Namespace', {
    name,
    ...(tenant && { labels: { 'understage.dev/tenant': tenant } }),
    ...(owner && { annotations: { 'understage.dev/owner': owner } }),
  });
}

/** A Tenant of one environment whose groups `team-NAME-admins`, `-developers` and `-viewers` are its members. */
export function clusterTenant(
  sketch: ObjectSketch & { readonly owner?: never },
): KubeObject {
  const team = `team-${sketch.name}`;
  return clusterObject('Tenant', {
    generation: 1,
    spec: {
      owner: team,
      members: [
        { group: `${team}-admins`, role: 'admin' },
        { group: `${team}-developers`, role: 'developer' },
        { group: `${team}-viewers`, role: 'viewer' },
      ],
      environments: [{ name: 'production' }],
    },
    ...sketch,
  });
}
