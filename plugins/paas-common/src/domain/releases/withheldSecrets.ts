import { Application, APPLICATION_API_VERSION } from '../../schema/Application';
import { Release } from '../desired';
import { isRecord, recordAt, textAt } from '../jsonValue';
import { AllowedKind, kindOf } from '../kinds';
import { KubeObject } from '../kubernetes';
import { LABEL_APPLICATION, LABEL_MANAGED_BY, MANAGER } from '../labels';
import { shortenedName } from '../naming/childName';
import { withEncodedSecret } from '../planning/maskSecrets';

/** `type` of the Secrets that hold what releases leave out. */
export const RELEASE_SECRET_TYPE = 'understage.dev/release';
/** Field that stands in a kept Secret instead of its values. Set on an object that is to be applied, it means: as it is. */
const WITHHELD = 'valuesWithheld';
const KEY = 'values.json';

function secretKind(): AllowedKind {
  const kind = kindOf('v1', 'Secret');
  if (!kind) throw new Error('the table of kinds has no Secret');
  return kind;
}

/** The API resource that release Secrets live in. */
export const releaseSecretKind: AllowedKind = secretKind();

/** Name of the Secret beside a release; the dot keeps it from meeting the name of a component's object. */
export function releaseSecretName(
  application: string,
  revision: number,
): string {
  return shortenedName(`${application}.release-${revision}`, 253);
}

/** True for a Secret that holds the values of a release, and is no object of a component. */
export function isReleaseSecret(object: KubeObject): boolean {
  return object.kind === 'Secret' && object.type === RELEASE_SECRET_TYPE;
}

/** True for a Secret whose values were kept apart and are not known here. */
export function isWithheld(object: KubeObject): boolean {
  return object.kind === 'Secret' && object[WITHHELD] === true;
}

type Change = (object: KubeObject, component: string) => KubeObject;

function mapSecrets(release: Release, change: Change): Release {
  const charts = Object.entries(release.charts).map(([component, chart]) => [
    component,
    {
      ...chart,
      objects: chart.objects.map(object =>
        object.kind === 'Secret' ? change(object, component) : object,
      ),
    },
  ]);
  return { ...release, charts: Object.fromEntries(charts) };
}

/** The release as everybody may read it who may read ControllerRevisions. */
export function withoutSecretValues(release: Release): Release {
  return mapSecrets(release, object => {
    const { data: _data, stringData: _stringData, ...rest } = object;
    return { ...rest, ...named(object), [WITHHELD]: true };
  });
}

const named = ({ apiVersion, kind, metadata }: KubeObject) => ({
  apiVersion,
  kind,
  metadata,
});

function valuesOf(release: Release): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  mapSecrets(release, (object, component) => {
    values[`${component}/${object.metadata.name}`] = recordAt(
      withEncodedSecret(object),
      'data',
    );
    return object;
  });
  return values;
}

/**
 * The Secret with the values that `toRevision` leaves out: rights on ControllerRevisions are no rights on Secrets.
 * Undefined when the charts of the release render no Secret.
 */
export function releaseSecret(
  release: Release,
  application: Pick<Application, 'metadata'>,
  namespace: string,
): KubeObject | undefined {
  const values = valuesOf(release);
  if (Object.keys(values).length === 0) return undefined;
  const { name, uid = '' } = application.metadata;
  return withEncodedSecret({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: releaseSecretName(name, release.revision),
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
    type: RELEASE_SECRET_TYPE,
    stringData: { [KEY]: JSON.stringify(values) },
  });
}

function readValues(secret: KubeObject | undefined): Record<string, unknown> {
  const encoded = textAt(secret, 'data', KEY);
  if (encoded === undefined) return {};
  try {
    const bytes = Uint8Array.from(
      atob(encoded),
      character => character.codePointAt(0) ?? 0,
    );
    const values: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(values) ? values : {};
  } catch {
    return {};
  }
}

/**
 * Puts values back into a release: those of its release Secret, else those that the live Secret has. What is found in
 * neither stays withheld. `secrets` are the Secrets of the application as far as they could be read.
 */
export function withSecretValues(
  release: Release,
  application: string,
  secrets: readonly KubeObject[],
): Release {
  const byName = new Map(secrets.map(secret => [secret.metadata.name, secret]));
  const kept = readValues(
    byName.get(releaseSecretName(application, release.revision)),
  );
  return mapSecrets(release, (object, component) => {
    if (!isWithheld(object)) return object;
    const { name } = object.metadata;
    const data = kept[`${component}/${name}`] ?? byName.get(name)?.data;
    if (!isRecord(data)) return object;
    const { [WITHHELD]: _withheld, ...rest } = object;
    return { ...rest, ...named(object), data };
  });
}
