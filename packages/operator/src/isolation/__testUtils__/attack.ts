import { KubeObject } from '@understage/plugin-paas-common';
import { Request } from './doors';
import { Verdict } from './verdict';

/**
 * Who tries. `deployer` and the probes are accounts of namespace shop; `careless` is somebody to whom an administrator gave
 * everything in the cluster except to create tenants; `overpowered` is the provisioner with every right, so that only
 * policies are left to say no; `admin` is cluster-admin; the others are people of the playground.
 */
export type Who =
  | 'admin'
  | 'careless'
  | 'deployer'
  | 'foreignDeployer'
  | 'adminProbe'
  | 'developerProbe'
  | 'viewerProbe'
  | 'podsProbe'
  | 'provisioner'
  | 'overpowered'
  | 'operator'
  | 'binder'
  | 'grace'
  | 'sam'
  | 'vera'
  | 'dora'
  | 'otto';

/** One forbidden thing, tried with a dry run on the real API server. */
export interface Attack {
  /** Of the list of attacks (docs/concepts/isolation.md). */
  readonly id: `S${number}`;
  readonly title: string;
  readonly as: Who;
  readonly request: Request;
  /** Who has to say no; more than one where two policies refuse, and the server tells one of them. */
  readonly refused: Verdict | readonly Verdict[];
}

/** What has to go on working beside it: a wall without doors is easy. */
export interface Use {
  readonly title: string;
  readonly as: Who;
  readonly request: Request;
}

/** The layers that may answer an attack. */
export function refusersOf({ refused }: Attack): readonly Verdict[] {
  return typeof refused === 'string' ? [refused] : refused;
}

const plurals: Readonly<Record<string, string>> = {
  NetworkPolicy: 'networkpolicies',
  Ingress: 'ingresses',
};

function collectionOf(
  apiVersion: string,
  kind: string,
  namespace?: string,
): string {
  const root = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const within = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}${within}/${plurals[kind] ?? `${kind.toLowerCase()}s`}`;
}

/** An object as it is sent. */
export type Manifest = KubeObject;

/** Makes an object; its place is in its metadata. */
export const create = (object: Manifest): Request => ({
  method: 'POST',
  path: collectionOf(object.apiVersion, object.kind, object.metadata.namespace),
  body: object,
});

/** The address of an object: `v1 Service shop/web`; without a namespace `v1 Namespace shop`. */
export function addressOf(reference: string): string {
  const [apiVersion, kind, key] = reference.split(' ');
  const slash = key.lastIndexOf('/');
  const namespace = slash < 0 ? undefined : key.slice(0, slash);
  return `${collectionOf(apiVersion, kind, namespace)}/${key.slice(slash + 1)}`;
}

/** Changes fields of an object that is there. */
export const change = (
  reference: string,
  body: object,
  subresource?: string,
): Request => ({
  method: 'PATCH',
  path: `${addressOf(reference)}${subresource ? `/${subresource}` : ''}`,
  body,
});

/** Deletes an object. */
export const remove = (reference: string): Request => ({
  method: 'DELETE',
  path: addressOf(reference),
});

/** Reads an object, or a list of them. */
export const read = (path: string): Request => ({ method: 'GET', path });

/** Server-side apply, as our own writers send it. */
export const apply = (object: Manifest): Request => ({
  method: 'PATCH',
  path: addressOf(
    `${object.apiVersion} ${object.kind} ${
      object.metadata.namespace === undefined
        ? ''
        : `${object.metadata.namespace}/`
    }${object.metadata.name}`,
  ),
  body: object,
  patch: 'apply',
});
