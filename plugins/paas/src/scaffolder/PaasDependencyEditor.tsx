import { useApi } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  Component,
  DependencyInput,
  parseDependency,
  readApplications,
} from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { formFacts } from './formData';
import { SuggestField } from './SuggestField';
import { Suggestion, useSuggestions } from './useSuggestions';

/** `web -> redis:6379`: every pair of the chosen application whose port is known; any other can be typed. */
export function PaasDependencyEditor(
  props: FieldExtensionComponentProps<string>,
) {
  const { cluster, namespace, application } = formFacts(props);
  const api = useApi(paasApiRef);
  const suggestions = useSuggestions(
    [cluster, namespace, application].join('/'),
    async signal => {
      if (!cluster || !namespace || !application) return { options: [] };
      const ref = { cluster, namespace, name: application };
      const { yaml } = await api.getApplication(ref, { signal });
      return { options: dependenciesOf(yaml) };
    },
  );
  return <SuggestField field={props} suggestions={suggestions} />;
}

/** The dependencies that an application could have and has not. */
export function dependenciesOf(yaml: string): readonly Suggestion[] {
  const [document] = readApplications(yaml);
  if (!document?.checked.ok) return [];
  const { components, dependencies } = document.checked.value.spec;
  const known = new Set(dependencies.map(shortForm));
  return components
    .flatMap(({ name: from }) =>
      components.flatMap(to =>
        to.name === from
          ? []
          : portsOf(to).map(port => `${from} -> ${to.name}:${port}`),
      ),
    )
    .filter(value => !known.has(value))
    .map(value => ({ value }));
}

function shortForm(dependency: DependencyInput): string {
  const parsed = parseDependency(dependency, '');
  if (!parsed.ok || typeof dependency === 'string') return `${dependency}`;
  const { from, to, port } = dependency;
  return `${from} -> ${to}:${port}`;
}

/** Charts do not say which ports they open before they are rendered. */
function portsOf(component: Component): readonly number[] {
  return 'ports' in component ? component.ports.map(({ port }) => port) : [];
}
