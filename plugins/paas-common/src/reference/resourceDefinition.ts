import { z } from 'zod';
import { fieldModel } from '../schema/fieldModel';
import { structuralSchema } from './structuralSchema';

/** One resource of ours, as a CRD tells it. */
export interface ResourceDescription {
  readonly names: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
    readonly plural: string;
    readonly singular: string;
    readonly shortNames: readonly string[];
  };
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly spec: z.ZodType;
  readonly status: z.ZodType;
  /** CEL rules over the whole object. */
  readonly rules: readonly {
    readonly rule: string;
    readonly message: string;
  }[];
  readonly columns: readonly object[];
}

/** A CustomResourceDefinition with one version and a status subresource. */
export function resourceDefinition(resource: ResourceDescription) {
  const { group, version, kind, plural, singular, shortNames } = resource.names;
  const spec = structuralSchema(fieldModel(resource.spec, 'spec'), 'spec');
  const status = structuralSchema(
    fieldModel(resource.status, 'status'),
    'status',
  );
  const schema = {
    description: resource.description,
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { ...spec, description: 'What is wanted.' },
      status: { ...status, description: 'What the operator found.' },
    },
    'x-kubernetes-validations': resource.rules,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: resource.scope,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular,
        shortNames,
        categories: ['understage'],
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: resource.columns,
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}
