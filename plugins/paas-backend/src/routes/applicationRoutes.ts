import { NotFoundError } from '@backstage/errors';
import {
  ApplicationRef,
  applicationReadPermission,
  apiRoutes,
  KubeObject,
  ObjectQuery,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  ApplicationRecord,
  objectYaml,
  PaasClusters,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { withCluster } from '../changes/explainOutcome';
import { ApplicationAuthorizer } from '../authorization/ApplicationAuthorizer';
import {
  JsonText,
  RegisterContext,
  registerRoute,
} from '../http/registerRoute';
import { ApplicationLister } from '../list/ApplicationLister';

export interface ApplicationRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
}

/** Reading: list, page, one object, events. All but the object come from the cache. */
export function addApplicationRoutes(options: ApplicationRoutesOptions): void {
  const { clusters, authorizer, access } = options;
  const lister = new ApplicationLister(clusters);

  registerRoute(options, apiRoutes.listApplications, async call => {
    const { query, credentials } = call;
    const decision = await authorizer.decide(
      credentials,
      applicationReadPermission,
    );
    return new JsonText(lister.list(query, decision));
  });

  registerRoute(options, apiRoutes.getApplication, async call =>
    (await access.visible(call.credentials, call.params)).detail(),
  );

  registerRoute(options, apiRoutes.listEvents, async call => {
    const record = await access.visible(call.credentials, call.params);
    const { events, freshness } = record.detail();
    return { items: events, freshness };
  });

  registerRoute(options, apiRoutes.getObject, async call => {
    const { params, query, credentials } = call;
    const record = await access.visible(credentials, params);
    const object = await readObject(clusters, record, query);
    return { yaml: objectYaml(withoutSecrets(object)) };
  });
}

// The cache keeps a projection only; the whole object is asked for, and only if it is one of the application's.
async function readObject(
  clusters: PaasClusters,
  record: ApplicationRecord,
  query: ObjectQuery,
): Promise<KubeObject> {
  const { ref } = record;
  const member = [record.application, ...record.objects()].find(
    ({ kind, apiVersion, metadata: { name } }) =>
      kind === query.kind &&
      name === query.name &&
      (query.apiVersion ?? apiVersion) === apiVersion,
  );
  const type = member && typeOf(member);
  if (!type) throw noSuchObject(ref, query);
  const key = { namespace: ref.namespace, name: query.name };
  const object = await withCluster(ref.cluster, async () =>
    clusters.cluster(ref.cluster)?.get(type, key),
  );
  if (!object || object.metadata.uid !== member.metadata.uid) {
    throw noSuchObject(ref, query);
  }
  return object;
}

function typeOf({ kind, apiVersion }: KubeObject) {
  if (kind === applicationType.kind) return applicationType;
  return watchedKinds.find(
    ({ type }) =>
      type.kind === kind &&
      apiVersion === (type.group ? `${type.group}/${type.version}` : 'v1'),
  )?.type;
}

function noSuchObject(
  { namespace, name }: ApplicationRef,
  query: ObjectQuery,
): NotFoundError {
  return new NotFoundError(
    `Application ${namespace}/${name} has no ${query.kind} named ${query.name}; it may have been replaced meanwhile.`,
  );
}

/** Values of a Secret never leave the backend, whoever asks. */
export function withoutSecrets(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const masked = { ...object };
  for (const field of ['data', 'stringData']) {
    const values = object[field];
    if (typeof values === 'object' && values !== null) {
      Object.assign(masked, {
        [field]: Object.fromEntries(
          Object.keys(values).map(key => [key, '(hidden)']),
        ),
      });
    }
  }
  return masked;
}
