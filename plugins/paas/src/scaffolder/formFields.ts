import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

type FieldComponent = Parameters<typeof createFormField>[0]['component'];

/** `load` is called when a form with the field is opened; templates name it `ui:field: ID`. */
function formField<Name extends string>(
  name: Name,
  id: string,
  load: () => Promise<FieldComponent>,
) {
  return FormFieldBlueprint.make({
    name,
    params: {
      field: async () => createFormField({ name: id, component: await load() }),
    },
  });
}

const pickers = () => import('./pickers');

/** Fields for templates' forms, where a text box would be a trap: they know what there is. */
export const formFields = [
  formField(
    'cluster-picker',
    'PaasClusterPicker',
    async () => (await pickers()).PaasClusterPicker,
  ),
  formField(
    'tenant-picker',
    'PaasTenantPicker',
    async () => (await pickers()).PaasTenantPicker,
  ),
  formField(
    'application-picker',
    'PaasApplicationPicker',
    async () => (await pickers()).PaasApplicationPicker,
  ),
  formField(
    'chart-picker',
    'PaasChartPicker',
    async () => (await pickers()).PaasChartPicker,
  ),
  formField(
    'chart-version-picker',
    'PaasChartVersionPicker',
    async () => (await pickers()).PaasChartVersionPicker,
  ),
  formField(
    'values-editor',
    'PaasValuesEditor',
    async () => (await import('./PaasValuesEditor')).PaasValuesEditor,
  ),
  formField(
    'dependency-editor',
    'PaasDependencyEditor',
    async () => (await import('./PaasDependencyEditor')).PaasDependencyEditor,
  ),
];
