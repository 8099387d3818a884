import { z } from 'zod';
import { componentStates } from '../schema/ApplicationStatus';

/** A Kubernetes name. */
export const name = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    'a Kubernetes name: lower-case letters, digits, - and .',
  );
/** Name of a configured cluster. */
export const clusterName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/, 'a cluster name');

/** Sorts of the Applications list. */
export const applicationSorts = [
  'attention',
  'name',
  '-name',
  'namespace',
  '-namespace',
  'since',
  '-since',
] as const;

const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(item).min(1).max(20).optional(),
  );

/** Path parameters that name one application. */
export const applicationParams = z.strictObject({
  cluster: clusterName,
  namespace: name,
  name,
});

/** Query of `GET /applications` and of the topic `applications?...`: numbers come as text. Unknown parameters are refused. */
export const applicationQuerySchema = z.strictObject({
  tenant: z.string().max(253).optional(),
  cluster: clusterName.optional(),
  owner: z.string().max(253).optional(),
  state: oneOrMany(z.enum(componentStates)),
  reason: z.string().max(63).optional(),
  text: z.string().max(200).optional(),
  sort: z.enum(applicationSorts).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(512).optional(),
});

/** Names one object of an application. */
export const objectQuerySchema = z.strictObject({
  kind: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]{0,62}$/, 'a kind such as Deployment'),
  name,
  apiVersion: z.string().max(128).optional(),
});

/** Nothing may be asked. */
export const emptyQuerySchema = z.strictObject({});

/** Topics of one stream; one or several. */
export const streamQuerySchema = z.strictObject({
  topic: z.preprocess(
    value => (Array.isArray(value) ? value : [value]),
    z.array(z.string().min(1).max(2048)).min(1).max(50),
  ),
});

/**
 * An Application to plan or apply. `application` is the file's text (YAML or JSON, exactly one document) or the object.
 * `namespace` counts when the document names none.
 */
export const applicationBodySchema = z.strictObject({
  cluster: clusterName,
  namespace: name.optional(),
  application: z.union([
    z.string().min(1).max(1_048_576),
    z.record(z.string(), z.unknown()),
  ]),
});

/** As for planning; `force` takes over fields that another field manager owns. */
export const applyBodySchema = applicationBodySchema.extend({
  force: z.boolean().optional(),
});

/** The release to pin; `null` lets the application follow its specification again. */
export const rollbackBodySchema = z.strictObject({
  revision: z.int().min(1).nullable(),
});

/** `uid` guards against deleting a successor of the same name. */
export const deleteQuerySchema = z.strictObject({
  uid: z.string().max(64).optional(),
});
