import { KubeCluster, KubeObject, ResourceType } from '@understage/kube';
import { APPLICATION_API_VERSION } from '@understage/plugin-paas-common';
import { ControlPlane } from '../stack/controlPlane';

/** A number of like applications, spread over namespaces. */
export interface Fleet {
  readonly namespaces: readonly string[];
  readonly applications: readonly KubeObject[];
}

export interface FleetOptions {
  readonly prefix: string;
  readonly applications: number;
  readonly namespaces: number;
  /** Pods of each application. */
  readonly replicas: number;
}

/** Describes a fleet; nothing is written. Each application is one Deployment with a port. */
export function describeFleet(options: FleetOptions): Fleet {
  const namespaces = Array.from(
    { length: options.namespaces },
    (_, index) => `${options.prefix}-${index}`,
  );
  const applications = Array.from(
    { length: options.applications },
    (_, index) => ({
      apiVersion: APPLICATION_API_VERSION,
      kind: 'Application',
      metadata: {
        name: `app-${index}`,
        namespace: namespaces[index % namespaces.length],
      },
      spec: {
        components: [
          {
            name: `web-${index}`,
            type: 'Deployment',
            image: 'registry.example.com/bench/web:1',
            replicas: options.replicas,
            ports: [{ name: 'http', port: 8080 }],
            resources: { limits: { cpu: '100m', memory: '64Mi' } },
          },
        ],
      },
    }),
  );
  return { namespaces, applications };
}

/** The tenants of a fleet: every other namespace belongs to the one, the rest to the other. */
export const fleetTenants = ['bench-even', 'bench-odd'] as const;

function namespaceManifest(name: string, index: number): string {
  const tenant = fleetTenants[index % fleetTenants.length];
  return `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { understage.dev/tenant: ${tenant} } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: understage-deployer, namespace: ${name} }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: understage-deployer, namespace: ${name} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: understage-deployer }
subjects: [{ kind: ServiceAccount, name: understage-deployer, namespace: ${name} }]
`;
}

/** Makes the namespaces with their deployers. */
export async function prepareNamespaces(
  plane: ControlPlane,
  fleet: Fleet,
): Promise<void> {
  await plane.kubectl(
    ['apply', '--server-side', '-f', '-'],
    fleet.namespaces.map(namespaceManifest).join('---\n'),
  );
}

/** Runs tasks, a number of them at a time, in order. */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  let index = 0;
  const worker = async () => {
    while (index < items.length) {
      const item = items[index];
      index += 1;
      await run(item);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Applies objects as one field manager; throws on the first refusal. */
export async function applyAll(
  cluster: KubeCluster,
  objects: readonly {
    readonly object: KubeObject;
    readonly type: ResourceType;
  }[],
  concurrency: number,
): Promise<void> {
  const writer = cluster.writer({ fieldManager: 'bench' });
  await inParallel(objects, concurrency, async ({ object, type }) => {
    const outcome = await writer.apply(object, { type, force: true });
    if (outcome.kind !== 'written') {
      throw new Error(
        `applying ${object.kind} ${object.metadata.name}: ${outcome.message}`,
      );
    }
  });
}
