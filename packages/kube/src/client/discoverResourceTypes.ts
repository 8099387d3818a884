import { ResourceType } from '../objects';
import { isRecord, JsonRecord, parseAnswer } from './json';
import { errorOf } from './statusError';
import { Transport } from './transport';

/** Aggregated discovery, stable since Kubernetes 1.30: all groups in one answer. */
const ACCEPT =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function typesOf(group: JsonRecord): readonly ResourceType[] {
  const metadata = isRecord(group.metadata) ? group.metadata : {};
  // The first version is the preferred one; a resource that only an older one has is taken from there.
  const found = new Map<string, ResourceType>();
  for (const version of records(group.versions)) {
    for (const { resource, responseKind, scope } of records(
      version.resources,
    )) {
      const kind = isRecord(responseKind) ? responseKind.kind : undefined;
      if (typeof resource !== 'string' || typeof kind !== 'string') continue;
      if (found.has(resource)) continue;
      found.set(resource, {
        group: typeof metadata.name === 'string' ? metadata.name : '',
        version: String(version.version),
        kind,
        plural: resource,
        namespaced: scope === 'Namespaced',
      });
    }
  }
  return [...found.values()];
}

/** Every resource that the cluster serves, each in the version its group prefers, in the server's order. Throws `KubeError`. */
export async function discoverResourceTypes(
  transport: Transport,
  signal?: AbortSignal,
): Promise<readonly ResourceType[]> {
  const roots = await Promise.all(
    ['/api', '/apis'].map(async path => {
      const what = `discovering ${path}`;
      const response = await transport.send({
        method: 'GET',
        verb: 'discover',
        path,
        headers: { accept: ACCEPT },
        signal,
      });
      if (response.status !== 200) throw await errorOf(response, what);
      const value = parseAnswer(await response.body.text(), what);
      return isRecord(value) ? records(value.items) : [];
    }),
  );
  return roots.flat().flatMap(typesOf);
}
