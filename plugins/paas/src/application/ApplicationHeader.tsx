import { useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { Button, Header } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { paasApiRef } from '../api/PaasApi';
import { ConnectionMark } from '../components/ConnectionMark';
import { CopyButton } from '../components/CopyButton';
import { StateChip } from '../components/StateChip';
import { useCatalogSystem } from '../live/useCatalogSystem';
import { useVisibleTenant } from '../live/useVisibleTenant';
import { useClusters } from '../live/useClusters';
import { usePageTitle } from '../live/usePageTitle';
import { applicationPath } from '../model/applicationKey';
import { isPaused, pinnedRevision } from '../model/editYaml';
import { entityPath } from '../model/entityPath';
import { useRootPath } from '../routes';
import { DeleteDialog } from './DeleteDialog';
import { OwnerLink, PlaceLinks, TenantLink } from './HeaderLinks';
import { ApplicationView } from './view';
import tones from '../components/tones.module.css';
import styles from './application.module.css';

const tabs = [
  { id: 'overview', label: 'Overview', path: '' },
  { id: 'objects', label: 'Objects', path: '/objects' },
  { id: 'releases', label: 'Releases', path: '/releases' },
  { id: 'events', label: 'Events', path: '/events' },
  { id: 'logs', label: 'Logs', path: '/logs' },
  { id: 'yaml', label: 'YAML', path: '/yaml' },
];

/** Name, state and place of the application, its tabs, and what can be done with it. */
export function ApplicationHeader(props: ApplicationView & { gone: boolean }) {
  const { reference, detail, gone } = props;
  const { summary } = detail;
  const root = useRootPath();
  const { pathname } = useLocation();
  const base = `${root}/${applicationPath(reference)}`;
  // The whole address: an application may be called `yaml`.
  const active = tabs.find(
    tab => tab.path && pathname.endsWith(`${base}${tab.path}`),
  );
  usePageTitle(
    reference.name,
    ...(active ? [active.label] : []),
    'Applications',
  );
  const tenant = { cluster: reference.cluster, name: summary.tenant };
  const hasTenant = useVisibleTenant(tenant);
  const system = useCatalogSystem(reference);
  const systemPath = system && entityPath(system);
  const simulated = useClusters().some(
    cluster => cluster.name === reference.cluster && cluster.simulatedNodes,
  );
  const pinned = pinnedRevision(detail.yaml);
  return (
    <Header
      title={summary.name}
      activeTabId={active?.id ?? 'overview'}
      tabs={tabs.map(({ id, label, path }) => ({
        id,
        label,
        href: `${base}${path}`,
      }))}
      customActions={<HeaderActions {...props} gone={gone} />}
      metadata={[
        { label: 'State', value: <StateChip state={summary.state} /> },
        {
          label: 'Place',
          value: (
            <span className={styles.copyable}>
              <PlaceLinks reference={reference} />
              <CopyButton
                text={`${reference.cluster}/${reference.namespace}/${reference.name}`}
                label="Copy the application's full name"
              />
            </span>
          ),
        },
        ...(hasTenant
          ? [{ label: 'Tenant', value: <TenantLink tenant={tenant} /> }]
          : []),
        {
          label: 'Release',
          value:
            summary.release === undefined
              ? 'none yet'
              : `#${summary.release}${pinned === undefined ? '' : ', pinned'}`,
        },
        {
          label: 'Owner',
          value: <OwnerLink owner={summary.owner} />,
        },
        ...(simulated
          ? [
              {
                label: 'Nodes',
                value: (
                  <span
                    className={`${styles.tag} ${tones.neutral}`}
                    title="Pods are scheduled and reported ready, but no container runs."
                  >
                    Simulated
                  </span>
                ),
              },
            ]
          : []),
        {
          label: 'Updates',
          value: <ConnectionMark of={[detail.freshness]} />,
        },
        ...(systemPath
          ? [
              {
                label: 'Catalog',
                value: (
                  <Link to={systemPath} className={styles.factLink}>
                    {reference.name}
                  </Link>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function HeaderActions(props: ApplicationView & { gone: boolean }) {
  const { reference, detail, action, gone } = props;
  const api = useApi(paasApiRef);
  const [deleting, setDeleting] = useState(false);
  const paused = isPaused(detail.yaml);
  const running = action.state.kind === 'running';
  const togglePause = () =>
    action.run(paused ? 'Resuming' : 'Pausing', async () => {
      await api.setPaused(reference, !paused);
      return paused
        ? 'Resumed: the platform applies changes again.'
        : 'Paused: the application keeps running and is observed, nothing is changed until it is resumed.';
    });
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isDisabled={gone || running}
        onPress={togglePause}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        size="small"
        variant="secondary"
        isDisabled={gone || running}
        onPress={() => setDeleting(true)}
      >
        Delete
      </Button>
      {deleting && <DeleteDialog {...props} close={() => setDeleting(false)} />}
    </>
  );
}
