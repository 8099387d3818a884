import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { KubeCluster } from '@understage/kube';
import {
  Application,
  applicationCreatePermission,
  ApplicationBody,
  applicationReadPermission,
  ApplicationRef,
  applicationUpdatePermission,
  checkApplication,
  formatApplicationRef,
  Problem,
  readApplications,
} from '@understage/plugin-paas-common';
import { ApplicationRecord, PaasClusters } from '@understage/plugin-paas-node';
import { notAllowed, RouteAccess } from '../http/RouteAccess';
import { clusterNamed, readSent } from './readSent';

/** What a caller wants to plan or apply, checked and allowed. */
export type Target =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'target';
      readonly application: Application;
      readonly ref: ApplicationRef;
      readonly cluster: KubeCluster;
      /** What is there now; absent when it is new. */
      readonly record?: ApplicationRecord;
      readonly warnings: readonly Problem[];
    };

export interface TargetInput {
  readonly clusters: PaasClusters;
  readonly access: RouteAccess;
  readonly credentials: BackstageCredentials;
  readonly body: ApplicationBody;
  readonly to: 'plan' | 'apply';
  /** Told what it is about before it is decided whether they may. */
  readonly note: (ref: JsonObject) => void;
}

/**
 * Reads what was sent and asks for the permission that the case needs: to change (or see) what is there, or to create
 * what is not, judged by whose the namespace is. An application that is there and not theirs to see is answered like a
 * namespace that is not theirs to create in.
 */
export async function readTarget(input: TargetInput): Promise<Target> {
  const { clusters, body } = input;
  const cluster = clusterNamed(clusters, body.cluster);
  const checked = readSent(body.application, {
    check: checkApplication,
    read: readApplications,
  });
  if (!checked.ok) return { kind: 'invalid', problems: checked.problems };
  const { value: application, warnings } = checked;
  const namespace = chooseNamespace(application, body.namespace);
  if (typeof namespace !== 'string') {
    return { kind: 'invalid', problems: [namespace] };
  }
  const { name } = application.metadata;
  const ref = { cluster: body.cluster, namespace, name };
  const record = clusters.records().get(formatApplicationRef(ref));
  input.note({ ...ref });
  if (record) await requireExisting(input, record);
  else await requireNew(input, ref);
  return { kind: 'target', application, ref, cluster, record, warnings };
}

async function requireExisting(
  { access, credentials, to }: TargetInput,
  record: ApplicationRecord,
): Promise<void> {
  const isVisible = await access.covers(
    credentials,
    applicationReadPermission,
    record,
  );
  if (!isVisible) throw notAllowed(applicationCreatePermission);
  if (to === 'apply') {
    await access.require(credentials, applicationUpdatePermission, record);
  }
}

async function requireNew(
  { access, credentials, clusters }: TargetInput,
  ref: ApplicationRef,
): Promise<void> {
  const tenancy = clusters.namespace(ref.cluster, ref.namespace);
  await access.require(credentials, applicationCreatePermission, {
    ref,
    tenant: tenancy?.tenant ?? ref.namespace,
    // The namespace decides whose it is: naming oneself as owner opens nothing, not even where nobody is the owner.
    owner: tenancy?.owner,
  });
}

/** Where an application goes: the document's namespace or the caller's, which must not contradict each other. */
function chooseNamespace(
  application: Application,
  wanted: string | undefined,
): string | Problem {
  const { namespace } = application.metadata;
  if (namespace && wanted && namespace !== wanted) {
    return {
      path: 'metadata.namespace',
      found: namespace,
      allowed: wanted,
      message: `The document is for namespace ${namespace}, the request for ${wanted}: leave one of them out.`,
    };
  }
  return (
    namespace ??
    wanted ?? {
      path: 'metadata.namespace',
      message:
        'No namespace: set metadata.namespace, or send `namespace` beside the document.',
    }
  );
}
