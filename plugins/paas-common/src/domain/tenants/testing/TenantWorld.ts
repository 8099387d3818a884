import { Tenant } from '../../../schema/Tenant';
import { Action } from '../../action';
import { recordAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { isWrite } from '../../planning';
import { InMemoryWorld } from '../../planning/testing/InMemoryWorld';
import { planOffboarding } from '../planOffboarding';
import { planTenant } from '../planTenant';
import { renderTenant } from '../renderTenant';
import { TenantObserved, TenantPlan } from '../TenantDesired';
import { retainedVolumes } from '../volumes';

/** What of a world is seen, and how. */
export interface Sight {
  /** Objects that are seen; all of them by default. */
  readonly seen?: readonly KubeObject[];
  readonly complete?: boolean;
}

/** A quota as the cluster counts it; other objects as they are. */
export function counted(
  object: KubeObject,
  used: Readonly<Record<string, string>> = {},
): KubeObject {
  if (object.kind !== 'ResourceQuota') return object;
  const hard = recordAt(object, 'spec', 'hard');
  const none = Object.fromEntries(Object.keys(hard).map(name => [name, '0']));
  return { ...object, status: { hard, used: { ...none, ...used } } };
}

/** A cluster with tenants in it: namespaces take what is in them along when they go. */
export class TenantWorld {
  readonly objects: InMemoryWorld;
  /** Tenants beside the one that is planned. */
  readonly others: readonly Tenant[];
  /** How many applications live in each namespace. */
  readonly applications: ReadonlyMap<string, number>;

  constructor(
    parts: {
      readonly objects?: InMemoryWorld;
      readonly others?: readonly Tenant[];
      readonly applications?: ReadonlyMap<string, number>;
    } = {},
  ) {
    this.objects = parts.objects ?? new InMemoryWorld();
    this.others = parts.others ?? [];
    this.applications = parts.applications ?? new Map();
  }

  copy(): TenantWorld {
    return new TenantWorld({ ...this, objects: this.objects.copy() });
  }

  observe(
    tenant: Tenant,
    { seen = this.objects.items(), complete = true }: Sight = {},
  ): TenantObserved {
    const items = seen.map(object => ({ ...counted(object), ...object }));
    return {
      snapshot: complete
        ? { complete: true, items, at: '2026-11-23T00:00:00Z' }
        : {
            complete: false,
            seen: items,
            missing: ['rolebindings can not be read'],
          },
      tenants: [...this.others, tenant],
      namespaces: new Map(
        seen
          .filter(({ kind }) => kind === 'Namespace')
          .map(object => [object.metadata.name, object]),
      ),
      applications: namespace => this.applications.get(namespace) ?? 0,
      volumes: seen.filter(({ kind }) => kind === 'PersistentVolume'),
    };
  }

  plan(tenant: Tenant, sight: Sight = {}): TenantPlan {
    const observed = this.observe(tenant, sight);
    return tenant.metadata.deletionTimestamp === undefined
      ? planTenant({
          desired: renderTenant(tenant, {
            retainedVolumes: retainedVolumes(tenant, observed),
          }),
          observed,
        })
      : planOffboarding(tenant, observed);
  }

  writes(tenant: Tenant): readonly Action[] {
    return this.plan(tenant).actions.filter(isWrite);
  }

  /** The single writes that actions consist of, to be stopped after any of them. */
  steps(actions: readonly Action[]): readonly (() => void)[] {
    return actions.flatMap(action =>
      this.objects.steps(action).map(step => () => {
        step();
        if (action.kind === 'delete' && action.ref.kind === 'Namespace') {
          this.#empty(action.ref.name);
        }
      }),
    );
  }

  /** Plans and executes until there is nothing to write; what a controller does over time. */
  settle(tenant: Tenant): void {
    for (let round = 0; round < 10; round += 1) {
      const writes = this.writes(tenant);
      if (writes.length === 0) return;
      this.steps(writes).forEach(step => step());
    }
    throw new Error('still writing after ten rounds');
  }

  #empty(namespace: string): void {
    for (const key of this.objects.keys()) {
      if (key.split('/')[2] === namespace) this.objects.remove(key);
    }
  }
}

/** The tenant on its way out, with the confirmation that `Delete` asks for. */
export function leaving(tenant: Tenant): Tenant {
  const { name } = tenant.metadata;
  return {
    ...tenant,
    metadata: {
      ...tenant.metadata,
      deletionTimestamp: '2026-11-23T01:00:00Z',
      annotations: { 'understage.dev/confirm-delete': name },
    },
  };
}

/** A namespace of nobody. */
export function foreignNamespace(
  name: string,
  annotations: Readonly<Record<string, string>> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations, labels: { theirs: 'yes' } },
  };
}
