import { AuditTrail } from '../audit/AuditTrail';
import { Section } from '../components/Section';
import { TenantView } from './view';

/** Who changed what in the tenant, and who was refused. */
export function AuditTab(props: TenantView) {
  const { cluster, name } = props.tenant;
  return (
    <Section title="Audit trail">
      <AuditTrail of={{ cluster, tenant: name }} />
    </Section>
  );
}
