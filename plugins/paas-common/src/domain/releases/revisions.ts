import { z } from 'zod';
import { Application, APPLICATION_API_VERSION } from '../../schema/Application';
import { applicationSpecSchema } from '../../schema/applicationSchema';
import { Release } from '../desired';
import { isRecord, numberAt, recordAt, textAt } from '../jsonValue';
import { KubeObject, refOf } from '../kubernetes';
import { LABEL_APPLICATION, LABEL_MANAGED_BY, MANAGER } from '../labels';
import { shortenedName } from '../naming/childName';
import { Checked, Problem } from '../problem';
import { withoutSecretValues } from './withheldSecrets';

const kubeObjectSchema = z.custom<KubeObject>(
  value =>
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    textAt(value, 'metadata', 'name') !== undefined,
  'an object with apiVersion, kind and metadata.name',
);

const releaseSchema = z.object({
  revision: z.int().min(1),
  spec: applicationSpecSchema,
  images: z.record(
    z.string(),
    z.object({
      ref: z.string(),
      from: z.enum(['component', 'build', 'convention', 'chart']),
    }),
  ),
  charts: z.record(
    z.string(),
    z.object({
      chart: z.string(),
      version: z.string(),
      digest: z.string(),
      objects: z.array(kubeObjectSchema),
    }),
  ),
  createdAt: z.string(),
  hash: z.string(),
});

/** Name of the ControllerRevision of a release: `<application>-<revision>`. */
export function revisionName(application: string, revision: number): string {
  return shortenedName(`${application}-${revision}`, 253);
}

/**
 * A release as the ControllerRevision that it is kept in, beside its Application and gone with it. The values of Secrets
 * are not in it: see `releaseSecret`.
 */
export function toRevision(
  release: Release,
  application: Pick<Application, 'metadata'>,
  namespace: string,
): KubeObject {
  const { name, uid } = application.metadata;
  if (uid === undefined) {
    throw new Error(
      `release ${release.revision} of application ${name} can not be kept: the application has no uid, so it was not read from a cluster`,
    );
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(name, release.revision),
      namespace,
      labels: { [LABEL_APPLICATION]: name, [LABEL_MANAGED_BY]: MANAGER },
      ownerReferences: [
        {
          apiVersion: APPLICATION_API_VERSION,
          kind: 'Application',
          name,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    revision: release.revision,
    data: withoutSecretValues(release),
  };
}

function unreadable(object: KubeObject, issues: z.ZodError): Problem[] {
  const { name } = refOf(object);
  return issues.issues.map(issue => ({
    path: ['data', ...issue.path].join('.'),
    message: `The release kept in ControllerRevision ${name} can not be read: ${issue.message}. It can not be rolled back to; delete the ControllerRevision to be rid of it.`,
  }));
}

/** The release that a ControllerRevision keeps, or why it can not be read. */
export function fromRevision(object: KubeObject): Checked<Release> {
  const parsed = releaseSchema.safeParse(object.data);
  if (!parsed.success) {
    return { ok: false, problems: unreadable(object, parsed.error) };
  }
  return { ok: true, value: parsed.data, warnings: [] };
}

/** One line of the history, read from a whole or a projected ControllerRevision. */
export interface ReleaseLine {
  readonly revision: number;
  readonly createdAt: string;
  readonly hash: string;
  /** Image by component. */
  readonly images: Readonly<Record<string, string>>;
  /** `repository/chart version` by component. */
  readonly charts: Readonly<Record<string, string>>;
}

function texts(
  record: unknown,
  say: (value: unknown) => string,
): Record<string, string> {
  return isRecord(record)
    ? Object.fromEntries(
        Object.entries(record).map(([key, value]) => [key, say(value)]),
      )
    : {};
}

/**
 * True for an object that this very application keeps: it controls it. A label is written by anybody, and the pods of a
 * StatefulSet hand ours on to its revisions.
 */
export function isKeptFor(
  object: KubeObject,
  { metadata }: Pick<Application, 'metadata'>,
): boolean {
  return (
    metadata.uid !== undefined &&
    object.metadata.ownerReferences?.some(
      ({ uid, controller }) => uid === metadata.uid && controller === true,
    ) === true
  );
}

/** Reads what a list of releases shows; undefined for a ControllerRevision that is no release of this application. */
export function releaseLine(
  object: KubeObject,
  application: Pick<Application, 'metadata'>,
): ReleaseLine | undefined {
  const revision = numberAt(object, 'revision');
  const ours = isKeptFor(object, application);
  const hash = textAt(object, 'data', 'hash');
  if (!ours || revision === undefined || hash === undefined) return undefined;
  const data = recordAt(object, 'data');
  return {
    revision,
    createdAt:
      textAt(data, 'createdAt') ?? object.metadata.creationTimestamp ?? '',
    hash,
    images: texts(data.images, image => textAt(image, 'ref') ?? ''),
    charts: texts(data.charts, chart =>
      `${textAt(chart, 'chart') ?? ''} ${
        textAt(chart, 'version') ?? ''
      }`.trim(),
    ),
  };
}
