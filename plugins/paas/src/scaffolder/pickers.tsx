import { useApi } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TenantSummary } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { tenantsApiRef } from '../api/TenantsApi';
import { formFacts } from './formData';
import { SuggestField } from './SuggestField';
import { useQuotaLeft } from './useQuotaLeft';
import { useSuggestions } from './useSuggestions';

type Field = FieldExtensionComponentProps<string>;

/** The most that one list answers. */
const MOST = 500;

/** A cluster of the platform. */
export function PaasClusterPicker(props: Field) {
  const api = useApi(paasApiRef);
  const suggestions = useSuggestions('clusters', async signal => ({
    options: (await api.listClusters({ signal })).map(
      ({ name, freshness }) => ({
        value: name,
        ...(freshness.kind !== 'live' && { detail: 'not reachable now' }),
      }),
    ),
  }));
  return <SuggestField field={props} suggestions={suggestions} />;
}

/** Who may put something into a tenant: its developers, its admins, and the platform's own people. */
function mayRunIn({ role }: TenantSummary): boolean {
  return role !== 'viewer';
}

/** A namespace of a tenant in which the reader may run something, and what is left of its quota. */
export function PaasTenantPicker(props: Field) {
  const { cluster } = formFacts(props);
  const api = useApi(tenantsApiRef);
  const suggestions = useSuggestions(`in ${cluster ?? ''}`, async signal => {
    const query = cluster ? { cluster } : {};
    const { items } = await api.listTenants(query, { signal });
    return {
      options: items.filter(mayRunIn).flatMap(tenant =>
        tenant.namespaces.map(value => ({
          value,
          detail: `Tenant ${tenant.name}${
            tenant.role ? `, you are ${tenant.role}` : ''
          }`,
        })),
      ),
    };
  });
  const left = useQuotaLeft(cluster, props.formData);
  return <SuggestField field={props} suggestions={suggestions} hint={left} />;
}

/** An application of the chosen namespace. */
export function PaasApplicationPicker(props: Field) {
  const { cluster, namespace = '' } = formFacts(props);
  const api = useApi(paasApiRef);
  const suggestions = useSuggestions(
    `${cluster}/${namespace}`,
    async signal => {
      const { items } = await api.listApplications(
        { cluster, text: namespace, limit: MOST },
        { signal },
      );
      return {
        options: items
          .filter(item => namespace === '' || item.namespace === namespace)
          .map(({ name, message }) => ({ value: name, detail: message })),
      };
    },
  );
  return <SuggestField field={props} suggestions={suggestions} />;
}

/** A chart of a configured repository. */
export function PaasChartPicker(props: Field) {
  const api = useApi(paasApiRef);
  const suggestions = useSuggestions('charts', async signal => {
    const { charts, missing } = await api.listCharts({ signal });
    const problem = missing
      .map(({ repository, why }) => `${repository}: ${why}`)
      .join(' ');
    return {
      options: charts.map(({ chart, description, versions }) => ({
        value: chart,
        detail: [versions[0], description].filter(Boolean).join(', '),
      })),
      ...(problem && { problem }),
    };
  });
  return <SuggestField field={props} suggestions={suggestions} />;
}

/** A version of the chosen chart. */
export function PaasChartVersionPicker(props: Field) {
  const { chart = '' } = formFacts(props);
  const api = useApi(paasApiRef);
  const suggestions = useSuggestions(chart, async signal => {
    const { charts } = await api.listCharts({ signal });
    const { versions = [] } = charts.find(each => each.chart === chart) ?? {};
    return { options: versions.map(value => ({ value })) };
  });
  return <SuggestField field={props} suggestions={suggestions} />;
}
