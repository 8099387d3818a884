import {
  ApiBlueprint,
  ExtensionBlueprint,
  OverridableExtensionDefinition,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** Fields for templates' forms. */
export type FormFieldName =
  | 'cluster-picker'
  | 'tenant-picker'
  | 'application-picker'
  | 'chart-picker'
  | 'chart-version-picker'
  | 'values-editor'
  | 'dependency-editor';

/** What a blueprint makes, under a name. */
export type Made<
  Blueprint,
  Name extends string | undefined = undefined,
> = Blueprint extends ExtensionBlueprint<infer Parameters>
  ? OverridableExtensionDefinition<
      Omit<Parameters, 'dataRefs' | 'name'> & { name: Name }
    >
  : never;

/**
 * The plugin's extensions by id, for `paasPlugin.getExtension(id).override(...)`. Written out, because the compiler
 * spells inferred ones in an order that changes from run to run, and the API report with it.
 */
export type PaasExtensions = {
  'api:paas/applications': Made<typeof ApiBlueprint, 'applications'>;
  'api:paas/tenants': Made<typeof ApiBlueprint, 'tenants'>;
  'api:paas/live': Made<typeof ApiBlueprint, 'live'>;
  'page:paas': Made<typeof PageBlueprint>;
  'page:paas/tenants': Made<typeof PageBlueprint, 'tenants'>;
  'entity-content:paas/application': Made<
    typeof EntityContentBlueprint,
    'application'
  >;
  'entity-card:paas/application': Made<
    typeof EntityCardBlueprint,
    'application'
  >;
  'entity-card:paas/tenant': Made<typeof EntityCardBlueprint, 'tenant'>;
} & {
  [Name in FormFieldName as `scaffolder-form-field:paas/${Name}`]: Made<
    typeof FormFieldBlueprint,
    Name
  >;
};
