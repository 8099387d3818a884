import { Impersonation, KubeCluster, WriteOutcome } from '@understage/kube';
import {
  ANNOTATION_CONFIRM_DELETE,
  ApplyConflict,
  KubeObject,
  saysTheSame,
  Tenant,
} from '@understage/plugin-paas-common';
import { TenantRecord, tenantType } from '@understage/plugin-paas-node';
import { FIELD_MANAGER } from '../changes/ApplicationWriter';
import { explainOutcome, withCluster } from '../changes/explainOutcome';

/** What came of applying: written, or the API server's objections. */
export type AppliedTenant =
  | {
      readonly kind: 'written';
      readonly changed: boolean;
      readonly uid?: string;
    }
  | { readonly kind: 'invalid'; readonly message: string }
  | ApplyConflict;

/** What is sent: what the document says, nothing of the server's. */
function toObject(tenant: Tenant, uid: string | undefined): KubeObject {
  const { apiVersion, kind, metadata, spec } = tenant;
  const { name, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(uid && { uid }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec,
  };
}

function conflictOf(
  what: string,
  outcome: Extract<WriteOutcome, { kind: 'conflict' }>,
): ApplyConflict {
  const fields = (outcome.fields ?? []).map(({ field, manager }) => ({
    field: field.replace(/^\./, ''),
    by: manager,
  }));
  const { message } = explainOutcome(what, outcome);
  return { kind: 'conflict', message, fields };
}

/** Writes Tenants of one cluster as one person. Nothing is ever written as the portal itself. */
export class TenantWriter {
  constructor(
    private readonly cluster: KubeCluster,
    private readonly impersonate: Impersonation,
  ) {}

  /** Creates or changes a tenant. `before` is the one that was looked at: a successor of its name is not written to. */
  async apply(
    tenant: Tenant,
    {
      before,
      force,
    }: { readonly before?: KubeObject; readonly force: boolean },
  ): Promise<AppliedTenant> {
    const what = `Applying tenant ${tenant.metadata.name}`;
    const writer = this.writer(FIELD_MANAGER);
    const outcome = await this.run(() =>
      writer.apply(toObject(tenant, before?.metadata.uid), {
        type: tenantType,
        force,
      }),
    );
    if (outcome.kind === 'written') {
      const changed = !before || !saysTheSame(before, outcome.object);
      return { kind: 'written', changed, uid: outcome.object.metadata.uid };
    }
    if (outcome.kind === 'invalid') return outcome;
    if (outcome.kind === 'conflict') return conflictOf(what, outcome);
    throw explainOutcome(what, outcome);
  }

  /** Offboards this very tenant. Whoever asks has typed its name, which the API server wants to see too. */
  async delete({ ref, tenant }: TenantRecord, uid: string): Promise<boolean> {
    const { name } = ref;
    const what = `Offboarding tenant ${name}`;
    if (tenant?.spec.deletionPolicy === 'Delete') {
      const confirmed = await this.run(() =>
        this.writer('understage-portal-offboard').apply(
          {
            apiVersion: 'paas.understage.dev/v1',
            kind: 'Tenant',
            metadata: {
              name,
              uid,
              annotations: { [ANNOTATION_CONFIRM_DELETE]: name },
            },
          },
          { type: tenantType, force: true },
        ),
      );
      if (confirmed.kind !== 'written') throw explainOutcome(what, confirmed);
    }
    const outcome = await this.run(() =>
      this.writer(FIELD_MANAGER).delete(tenantType, { name }, { uid }),
    );
    if (outcome.kind === 'deleted') return true;
    if (outcome.kind === 'absent') return false;
    throw explainOutcome(what, outcome);
  }

  private writer(fieldManager: string) {
    const { cluster, impersonate } = this;
    return cluster.writer({ fieldManager, impersonate });
  }

  private run<T>(request: () => Promise<T>): Promise<T> {
    return withCluster(this.cluster.name, request, { changes: true });
  }
}
