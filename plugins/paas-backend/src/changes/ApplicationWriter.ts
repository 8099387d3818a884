import { ConflictError, NotFoundError } from '@backstage/errors';
import { Impersonation, KubeCluster, KubeWriter } from '@understage/kube';
import {
  Application,
  ApplicationRef,
  ApplyConflict,
  KubeObject,
  saysTheSame,
} from '@understage/plugin-paas-common';
import {
  ApplicationRecord,
  applicationType,
  PaasClusters,
} from '@understage/plugin-paas-node';
import { z } from 'zod';
import { explainOutcome, withCluster } from './explainOutcome';

/** The field manager of applied specifications. */
export const FIELD_MANAGER = 'understage-portal';
// One field each, under managers of their own: applying a file again neither takes it back nor is in conflict with it.
const pinManagers = ['understage-portal-rollback', 'paas-cli-rollback'];
const PAUSE_MANAGER = 'understage-portal-pause';

/** What came of applying: written, or the API server's objections to the specification. */
export type Applied =
  | { readonly kind: 'written'; readonly changed: boolean }
  | { readonly kind: 'invalid'; readonly message: string }
  | ApplyConflict;

const specSchema = z.looseObject({
  spec: z.looseObject({
    revision: z.int().optional(),
    paused: z.boolean().optional(),
  }),
});

/** Writes Applications of one cluster as one person. Nothing is ever written as the portal itself. */
export class ApplicationWriter {
  private readonly cluster: KubeCluster;

  constructor(
    clusters: PaasClusters,
    cluster: string,
    private readonly identity: Impersonation,
  ) {
    const found = clusters.cluster(cluster);
    if (!found) {
      throw new NotFoundError(
        `There is no cluster named ${cluster}; there are: ${
          clusters.names.join(', ') || 'none'
        }.`,
      );
    }
    this.cluster = found;
  }

  /**
   * Creates or changes an application. `before` is the one that was looked at: a successor of its name is not written to.
   * `force` takes over fields that others set.
   */
  async apply(
    application: Application,
    options: {
      readonly namespace: string;
      readonly before?: KubeObject;
      readonly force: boolean;
    },
  ): Promise<Applied> {
    const { namespace, before, force } = options;
    const { name } = application.metadata;
    const object = toObject(application, namespace, before?.metadata.uid);
    const outcome = await this.run(FIELD_MANAGER, writer =>
      writer.apply(object, { type: applicationType, force }),
    );
    if (outcome.kind === 'written') {
      const changed = !before || !saysTheSame(before, outcome.object);
      return { kind: 'written', changed };
    }
    if (outcome.kind === 'invalid') return outcome;
    const what = `Applying ${namespace}/${name}`;
    const refusal = explainOutcome(what, outcome);
    if (outcome.kind !== 'conflict') throw refusal;
    const fields = (outcome.fields ?? []).map(({ field, manager }) => ({
      field: field.replace(/^\./, ''),
      by: manager,
    }));
    return { kind: 'conflict', message: refusal.message, fields };
  }

  /** Pins a release; `null` lets go of it. Answers whether that changed anything. */
  async pin(record: ApplicationRecord, revision: number | null) {
    if (revision !== null) {
      const [manager] = pinManagers;
      const what = `Rolling back ${nameOf(record.ref)}`;
      return this.setFields(record, { manager, spec: { revision }, what });
    }
    let changed = false;
    for (const manager of pinManagers) {
      const what = `Unpinning ${nameOf(record.ref)}`;
      changed =
        (await this.setFields(record, { manager, spec: {}, what })) || changed;
    }
    return changed;
  }

  /** Sets or ends a pause. Answers whether that changed anything. */
  pause(record: ApplicationRecord, paused: boolean): Promise<boolean> {
    return this.setFields(record, {
      manager: PAUSE_MANAGER,
      spec: paused ? { paused } : {},
      what: `${paused ? 'Pausing' : 'Resuming'} ${nameOf(record.ref)}`,
    });
  }

  /** Deletes this very application, not a successor of its name. Answers whether it was there. */
  async delete(record: ApplicationRecord, uid: string): Promise<boolean> {
    const { namespace, name } = record.ref;
    const outcome = await this.run(FIELD_MANAGER, writer =>
      writer.delete(applicationType, { namespace, name }, { uid }),
    );
    if (outcome.kind === 'deleted') return true;
    if (outcome.kind === 'absent') return false;
    throw explainOutcome(`Deleting ${nameOf(record.ref)}`, outcome);
  }

  private async setFields(
    record: ApplicationRecord,
    change: {
      readonly manager: string;
      readonly spec: { readonly revision?: number; readonly paused?: boolean };
      readonly what: string;
    },
  ): Promise<boolean> {
    const { apiVersion, kind } = record.application;
    const { namespace, name } = record.ref;
    const metadata = { name, namespace, uid: record.uid };
    const { manager, spec, what } = change;
    const isRelease = Object.keys(spec).length === 0;
    const object = { apiVersion, kind, metadata, ...(!isRelease && { spec }) };
    const outcome = await this.run(manager, writer =>
      writer.apply(object, { type: applicationType, force: true }),
    );
    if (outcome.kind !== 'written') throw explainOutcome(what, outcome);
    if (isRelease) requireReleased(outcome.object, manager, what);
    return outcome.changed;
  }

  private run<T>(
    fieldManager: string,
    write: (writer: KubeWriter) => Promise<T>,
  ): Promise<T> {
    const { cluster, identity } = this;
    const writer = cluster.writer({ fieldManager, impersonate: identity });
    return withCluster(cluster.name, () => write(writer), { changes: true });
  }
}

// Fields are let go of, not overwritten: somebody else who set the same field keeps it, and the caller should know.
function requireReleased(object: KubeObject, manager: string, what: string) {
  const { spec } = specSchema.parse(object);
  const stillPaused = manager === PAUSE_MANAGER && spec.paused === true;
  const isLastPin = manager === pinManagers.at(-1);
  const stillPinned = isLastPin && spec.revision !== undefined;
  if (!stillPaused && !stillPinned) return;
  const field = stillPaused ? 'spec.paused' : 'spec.revision';
  throw new ConflictError(
    `${what} did not take: somebody else set ${field} as well. Take it out of the file that sets it, and apply that.`,
  );
}

/** What is sent: what the document says, nothing of the server's. A pause is a verb: a file without one ends none. */
function toObject(
  application: Application,
  namespace: string,
  uid: string | undefined,
): KubeObject {
  const { apiVersion, kind, metadata, spec } = application;
  const { name, labels, annotations } = metadata;
  const { paused, ...rest } = spec;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      ...(uid && { uid }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec: paused ? { ...rest, paused } : rest,
  };
}

function nameOf({ namespace, name }: ApplicationRef): string {
  return `${namespace}/${name}`;
}
