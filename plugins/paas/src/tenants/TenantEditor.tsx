import { useApi } from '@backstage/frontend-plugin-api';
import { TenantApplyAnswer } from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';
import { FileEditor } from '../editor/FileEditor';

type Applied = Extract<TenantApplyAnswer, { kind: 'applied' }>;

/** Edits one Tenant: plan, then apply. */
export function TenantEditor(props: {
  cluster: string;
  initial: string;
  edits?: string;
  current?: string;
  ready?: boolean;
  onApplied(answer: Applied): void;
  onCancel?(): void;
}) {
  const { cluster, ...rest } = props;
  const api = useApi(tenantsApiRef);
  return (
    <FileEditor<Applied>
      {...rest}
      kind="Tenant"
      plan={yaml => api.planTenant({ cluster, yaml })}
      apply={(yaml, force) => api.applyTenant({ cluster, yaml }, { force })}
    />
  );
}
