import type { z as Zod } from 'zod/v3';

// Fields that several actions have, in the schema library that the scaffolder hands to them.
type Z = typeof Zod;

const kubernetesName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const clusterName = /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?$/;
const LONGEST_NAME = 253;
const LONGEST_WAIT_SECONDS = 3600;

const name = (z: Z, description: string) =>
  z
    .string()
    .max(LONGEST_NAME)
    .regex(
      kubernetesName,
      'a Kubernetes name: lower-case letters, digits, - and .',
    )
    .describe(description);

/** Which cluster, as the portal calls it. */
export const cluster = (z: Z) =>
  z
    .string()
    .max(LONGEST_NAME)
    .regex(clusterName, 'a cluster name')
    .describe('Name of the cluster, as the portal calls it');

export const namespace = (z: Z) =>
  name(z, 'Namespace of the environment that it runs in');

export const application = (z: Z) => name(z, 'Name of the application');

export const tenantName = (z: Z) => name(z, 'Name of the tenant');

export const component = (z: Z) => name(z, 'Name of the new component');

/** A document, as text or as an object. */
export const document = (z: Z, description: string) =>
  z.union([z.string().min(1), z.record(z.unknown())]).describe(description);

export const force = (z: Z) =>
  z
    .boolean()
    .optional()
    .describe('Takes over fields that another program holds. Default: false');

/** The two fields of following. */
export const waiting = {
  wait: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Follows it until it is done. Default: true'),
  timeoutSeconds: (z: Z) =>
    z
      .number()
      .int()
      .min(1)
      .max(LONGEST_WAIT_SECONDS)
      .optional()
      .describe(
        'How long to follow; then the step fails and says what the state was. Default: 300',
      ),
};

const links = (z: Z) =>
  z
    .array(z.object({ title: z.string(), url: z.string() }))
    .describe('Its page in the portal');

const changed = (z: Z) =>
  z.boolean().describe('False when everything was as asked before');

/** What steps about an application give to later ones. */
export const applicationOutput = {
  cluster,
  namespace,
  name: application,
  entityRef: (z: Z) => z.string().describe('Its System in the catalog'),
  links,
  changed,
};

/** What steps about a tenant give to later ones. */
export const tenantOutput = {
  cluster,
  name: tenantName,
  entityRef: (z: Z) => z.string().describe('Its Domain in the catalog'),
  links,
  changed,
};
