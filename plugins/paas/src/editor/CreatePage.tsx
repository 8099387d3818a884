import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Container, Header, Select, TextField } from '@backstage/ui';
import { useClusters } from '../live/useClusters';
import { usePageTitle } from '../live/usePageTitle';
import { applicationPath } from '../model/applicationKey';
import { useRootPath } from '../routes';
import { Command } from '../components/ViewStates';
import { ApplicationEditor } from './ApplicationEditor';
import styles from './editor.module.css';

const example = `apiVersion: paas/v1
kind: Application
metadata:
  name: user-service
spec:
  components:
    - name: frontend
      type: Deployment
      replicas: 3
      resources:
        limits: { cpu: "2", memory: 4Gi }
    - name: redis
      type: HelmChart
      chart: bitnami/redis
  dependencies:
    - frontend -> redis:6379
`;

/** Describes a new application in one file: write, see the plan, apply. */
export function CreatePage() {
  const clusters = useClusters();
  const root = useRootPath();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string>();
  const [namespace, setNamespace] = useState('');
  usePageTitle('Create application');
  const cluster = chosen ?? clusters[0]?.name ?? '';
  return (
    <>
      <Header title="Create application" />
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
          <TextField
            label="Namespace"
            size="small"
            value={namespace}
            onChange={setNamespace}
            placeholder="as the file says"
          />
        </div>
        <ApplicationEditor
          cluster={cluster}
          namespace={namespace.trim()}
          initial={example}
          ready={cluster !== ''}
          onApplied={({ ref }) => navigate(`${root}/${applicationPath(ref)}`)}
        />
        <div className={styles.terminal}>
          <p className={styles.hint}>The same from a terminal:</p>
          <Command>paas apply -f application.yaml</Command>
        </div>
      </Container>
    </>
  );
}
