import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Container, Header, Select } from '@backstage/ui';
import { Command } from '../components/ViewStates';
import { useClusters } from '../live/useClusters';
import { usePageTitle } from '../live/usePageTitle';
import { TenantEditor } from './TenantEditor';
import { tenantPath, useTenantsPath } from './tenantPaths';
import styles from '../editor/editor.module.css';

const example = `apiVersion: paas/v1
kind: Tenant
metadata:
  name: checkout
spec:
  owner: group:default/team-checkout
  members:
    - { group: group:default/team-checkout, role: developer }
  environments:
    - name: dev
    - name: prod
      approval: true
  quota: { cpu: "20", memory: 40Gi, pods: 100, storage: 200Gi }
`;

/** Describes a new tenant in one file: write, see the plan, apply. */
export function CreateTenantPage() {
  const clusters = useClusters();
  const path = useTenantsPath();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string>();
  usePageTitle('New tenant', 'Tenants');
  const cluster = chosen ?? clusters[0]?.name ?? '';
  return (
    <>
      <Header title="New tenant" />
      <Container className={styles.page}>
        <div className={styles.place}>
          <Select
            label="Cluster"
            size="small"
            value={cluster === '' ? null : cluster}
            placeholder="No cluster known"
            onChange={value => value !== null && setChosen(String(value))}
            options={clusters.map(({ name }) => ({ value: name, label: name }))}
          />
        </div>
        <TenantEditor
          cluster={cluster}
          initial={example}
          ready={cluster !== ''}
          onApplied={({ ref }) => navigate(`${path}/${tenantPath(ref)}`)}
        />
        <div className={styles.terminal}>
          <p className={styles.hint}>The same from a terminal:</p>
          <Command>paas tenant apply -f tenant.yaml</Command>
        </div>
      </Container>
    </>
  );
}
