import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { repositoryFile } from './createIsolationWorld';

const policySchema = z.object({
  kind: z.literal('ValidatingAdmissionPolicy'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    failurePolicy: z.string(),
    matchConstraints: z.object({
      resourceRules: z.array(
        z.object({
          apiGroups: z.array(z.string()),
          apiVersions: z.array(z.string()),
          operations: z.array(z.string()),
          resources: z.array(z.string()),
        }),
      ),
    }),
    validations: z.array(
      z.object({
        expression: z.string(),
        reason: z.string(),
        message: z.string(),
        messageExpression: z.string().optional(),
      }),
    ),
  }),
});

const bindingSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ValidatingAdmissionPolicyBinding'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    policyName: z.string(),
    validationActions: z.array(z.string()),
  }),
});

export type Policy = z.infer<typeof policySchema>;

const file = repositoryFile('deploy/admission.yaml');

/** deploy/admission.yaml as it is written. */
export const admissionText = readFileSync(file, 'utf8');

const documents = parseAllDocuments(admissionText).map(document =>
  document.toJS(),
);

/** Its policies. */
export const policies: readonly Policy[] = documents.flatMap(each => {
  const { data } = policySchema.safeParse(each);
  return data ? [data] : [];
});

/** Its bindings. */
export const bindings = documents.flatMap(each => {
  const { data } = bindingSchema.safeParse(each);
  return data ? [data] : [];
});

/** How many objects it holds, whatever they are. */
export const admissionObjects = documents.length;

const root = '/apis/admissionregistration.k8s.io/v1';
export const policyPath = (name: string) =>
  `${root}/validatingadmissionpolicies/${name}`;
/** One binding, or all of them. */
export const bindingPath = (name?: string) =>
  `${root}/validatingadmissionpolicybindings${name ? `/${name}` : ''}`;
