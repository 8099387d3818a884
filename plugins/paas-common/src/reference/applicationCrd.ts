import { applicationSpecSchema } from '../schema/applicationSchema';
import { applicationStatusSchema } from '../schema/statusSchema';
import { resourceDefinition } from './resourceDefinition';

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
  return resourceDefinition({
    names: {
      ...applicationNames,
      singular: 'application',
      // `app` and `application` belong to other projects in many clusters.
      shortNames: ['paasapp', 'paasapps'],
    },
    scope: 'Namespaced',
    description:
      'An application: what it is made of, and who in it calls whom.',
    spec: applicationSpecSchema,
    status: applicationStatusSchema,
    rules: nameRules,
    columns,
  });
}
