import { ButtonLink, Container, Header } from '@backstage/ui';
import { usePageTitle } from '../live/usePageTitle';
import { useTenantsPath } from '../tenants/tenantPaths';
import { AuditTrail } from './AuditTrail';
import styles from '../tenants/tenants.module.css';

/** The audit trail of everything that the reader may see it of. */
export function AuditPage() {
  const path = useTenantsPath();
  usePageTitle('Audit trail', 'Tenants');
  return (
    <>
      <Header
        title="Audit trail"
        customActions={
          <ButtonLink href={path} size="small" variant="secondary">
            All tenants
          </ButtonLink>
        }
      />
      <Container className={styles.page}>
        <AuditTrail />
      </Container>
    </>
  );
}
