import { applicationSpecSchema } from '../schema/applicationSchema';
import { fieldModel } from '../schema/fieldModel';
import { applicationStatusSchema } from '../schema/statusSchema';
import { structuralSchema } from './structuralSchema';

/** Names of the resource as the API server serves it. */
export const applicationNames = {
  group: 'paas.understage.dev',
  version: 'v1',
  kind: 'Application',
  plural: 'applications',
} as const;

const nameRules = [
  {
    rule: 'self.metadata.name.size() <= 63',
    message: 'the name of an application has at most 63 characters',
  },
  {
    rule: "!self.metadata.name.contains('.')",
    message: 'the name of an application has no dots',
  },
];

const columns = [
  {
    name: 'State',
    type: 'string',
    jsonPath: '.status.state',
    description: 'The worst state of the components.',
  },
  {
    name: 'Ready',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Ready")].status',
    description: 'True when everything asked for is there and healthy.',
  },
  {
    name: 'Release',
    type: 'integer',
    jsonPath: '.status.release.current',
    description: 'The release that is applied.',
    priority: 1,
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: '.status.message',
    description: 'What is the matter, or that nothing is.',
  },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** The CustomResourceDefinition of Application, generated from the zod schemas. */
export function applicationCrd() {
  const { group, version, kind, plural } = applicationNames;
  const spec = structuralSchema(
    fieldModel(applicationSpecSchema, 'spec'),
    'spec',
  );
  const status = structuralSchema(
    fieldModel(applicationStatusSchema, 'status'),
    'status',
  );
  const schema = {
    description:
      'An application: what it is made of, and who in it calls whom.',
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { ...spec, description: 'What is wanted.' },
      status: { ...status, description: 'What the operator found.' },
    },
    'x-kubernetes-validations': nameRules,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      // `app` and `application` belong to other projects in many clusters.
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: 'application',
        shortNames: ['paasapp', 'paasapps'],
        categories: ['understage'],
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}
