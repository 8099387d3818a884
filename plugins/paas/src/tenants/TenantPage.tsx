import { useState } from 'react';
import { Route, Routes, useLocation, useParams } from 'react-router-dom';
import { Button, ButtonLink, Container, Header, Skeleton } from '@backstage/ui';
import { TenantDetail, TenantRef } from '@understage/plugin-paas-common';
import { OwnerLink } from '../application/HeaderLinks';
import { ActionNotice } from '../components/ActionNotice';
import { FreshnessNotices } from '../components/FreshnessNotices';
import { ReasonLink } from '../components/ReasonLink';
import { StateMark } from '../components/StateMark';
import {
  ErrorState,
  ForbiddenState,
  MissingState,
} from '../components/ViewStates';
import { useAction } from '../live/useAction';
import { LiveReading } from '../live/useLiveReading';
import { usePageTitle } from '../live/usePageTitle';
import { LiveTenant, useTenant } from '../live/useTenant';
import { toneOf, whoHasToAct } from '../model/stateLooks';
import { AuditTab } from './AuditTab';
import { IsolationTab } from './IsolationTab';
import { MembersTab } from './MembersTab';
import { OffboardDialog } from './OffboardDialog';
import { TenantOverview } from './TenantOverview';
import { looksLike, TenantStateChip } from './TenantStateChip';
import { TenantYamlTab } from './TenantYamlTab';
import { checksText } from './TenantTable';
import { tenantPath, useTenantsPath } from './tenantPaths';
import tones from '../components/tones.module.css';
import styles from './tenants.module.css';

/** One tenant: is it provisioned and isolated, how full is it, who is in it. */
export function TenantPage() {
  const { cluster = '', name = '' } = useParams();
  const ref = { cluster, name };
  const reading = useTenant(ref);
  const { value, problem, reload } = reading;
  const path = useTenantsPath();
  const all = (
    <ButtonLink href={path} variant="secondary">
      All tenants
    </ButtonLink>
  );
  // What became of an action outlives the tenant: this is where one reads that it was offboarded.
  const action = useAction();
  if (value && !value.gone) {
    return (
      <LoadedTenant
        key={`${cluster}/${name}`}
        tenant={ref}
        detail={value.detail}
        reading={reading}
        action={action}
      />
    );
  }
  if (problem?.kind === 'forbidden') {
    return <ForbiddenState what={`tenant ${name}`} message={problem.message} />;
  }
  if (value?.gone || problem?.kind === 'missing') {
    return (
      <Container className={styles.page}>
        <ActionNotice state={action.state} dismiss={action.dismiss} />
        <MissingState
          what={`Tenant ${name}`}
          message={`There is no tenant ${name} in cluster ${cluster}, or you are not a member of it. The page fills by itself when it is created.`}
          actions={all}
        />
      </Container>
    );
  }
  if (problem) {
    return (
      <ErrorState
        what={`Tenant ${name}`}
        message={problem.message}
        at={problem.at}
        retry={reload}
      />
    );
  }
  return (
    <Container className={styles.page}>
      <div role="status" aria-label="Loading the tenant">
        <Skeleton width="100%" height={132} />
        <Skeleton width="100%" height={260} />
      </div>
    </Container>
  );
}

const tabs = [
  { id: 'overview', label: 'Overview', path: '' },
  { id: 'members', label: 'Members', path: '/members' },
  { id: 'isolation', label: 'Isolation', path: '/isolation' },
  { id: 'yaml', label: 'YAML', path: '/yaml' },
  { id: 'audit', label: 'Audit', path: '/audit' },
];

function LoadedTenant(props: {
  tenant: TenantRef;
  detail: TenantDetail;
  reading: LiveReading<LiveTenant>;
  action: ReturnType<typeof useAction>;
}) {
  const { tenant, detail, reading, action } = props;
  const { summary } = detail;
  const base = `${useTenantsPath()}/${tenantPath(tenant)}`;
  const { pathname } = useLocation();
  const active = tabs.find(
    tab => tab.path && pathname.endsWith(`${base}${tab.path}`),
  );
  const [leaving, setLeaving] = useState(false);
  usePageTitle(tenant.name, ...(active ? [active.label] : []), 'Tenants');
  const view = { tenant, detail, action, reload: reading.reload };
  return (
    <>
      <Header
        title={summary.name}
        activeTabId={active?.id ?? 'overview'}
        tabs={tabs
          .filter(({ id }) => id !== 'audit' || detail.may.audit)
          .map(tab => ({
            id: tab.id,
            label: tab.label,
            href: `${base}${tab.path}`,
          }))}
        customActions={
          detail.may.delete && (
            <Button
              size="small"
              variant="secondary"
              isDisabled={
                summary.state === 'Offboarding' ||
                action.state.kind === 'running'
              }
              onPress={() => setLeaving(true)}
            >
              Offboard
            </Button>
          )
        }
        metadata={[
          { label: 'State', value: <TenantStateChip state={summary.state} /> },
          { label: 'Cluster', value: tenant.cluster },
          { label: 'Owner', value: <OwnerLink owner={summary.owner} /> },
          { label: 'Isolation', value: checksText(summary.checks) },
          ...(summary.role ? [{ label: 'You are', value: summary.role }] : []),
        ]}
      />
      <Container className={styles.page}>
        <div className={styles.notices}>
          <FreshnessNotices
            sources={[
              {
                name: `Cluster ${tenant.cluster}`,
                freshness: detail.freshness,
              },
            ]}
            problem={reading.problem}
            retry={reading.reload}
          />
          <ActionNotice state={action.state} dismiss={action.dismiss} />
        </div>
        <TenantHealth detail={detail} />
        <Routes>
          <Route index element={<TenantOverview {...view} />} />
          <Route path="members" element={<MembersTab {...view} />} />
          <Route path="isolation" element={<IsolationTab {...view} />} />
          <Route path="yaml" element={<TenantYamlTab {...view} />} />
          <Route path="audit" element={<AuditTab {...view} />} />
          <Route path="*" element={<TenantOverview {...view} />} />
        </Routes>
      </Container>
      {leaving && <OffboardDialog {...view} close={() => setLeaving(false)} />}
    </>
  );
}

function TenantHealth(props: { detail: TenantDetail }) {
  const { summary, notices } = props.detail;
  const { state, reason } = summary;
  const looks = looksLike(state);
  const who = whoHasToAct(reason);
  return (
    <section
      aria-label="Health"
      className={`${styles.health} ${tones[toneOf(looks)]}`}
    >
      <StateMark state={looks} size={20} />
      <div>
        <p className={styles.healthSentence}>{summary.message}</p>
        {reason !== state && (
          <p className={styles.healthMore}>
            {state} (<ReasonLink reason={reason} />
            ).{who && ` ${who}`}
          </p>
        )}
        {notices.map(({ ref, message }) => (
          <p
            key={`${ref.kind}/${ref.namespace}/${ref.name}`}
            className={styles.healthMore}
          >
            {ref.kind} {ref.namespace && `${ref.namespace}/`}
            {ref.name}: {message}
          </p>
        ))}
      </div>
    </section>
  );
}
