import { lazy, ReactNode, Suspense } from 'react';
import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { ButtonLink, Container, Skeleton } from '@backstage/ui';
import { ApplicationRef } from '@understage/plugin-paas-common';
import { FreshnessNotices } from '../components/FreshnessNotices';
import {
  ErrorState,
  ForbiddenState,
  MissingState,
  Notice,
} from '../components/ViewStates';
import { ActionNotice } from '../components/ActionNotice';
import { LiveApplication, useApplication } from '../live/useApplication';
import { useAction } from '../live/useAction';
import { LiveReading } from '../live/useLiveReading';
import { useRootPath } from '../routes';
import { ApplicationHeader } from './ApplicationHeader';
import { CauseLogsLink } from './CauseLogsLink';
import { HealthPanel } from './HealthPanel';
import { Overview } from './Overview';
import styles from './application.module.css';

const ObjectsTab = lazy(() =>
  import('./ObjectsTab').then(module => ({ default: module.ObjectsTab })),
);
const ReleasesTab = lazy(() =>
  import('./ReleasesTab').then(module => ({ default: module.ReleasesTab })),
);
const EventsTab = lazy(() =>
  import('./EventsTab').then(module => ({ default: module.EventsTab })),
);
const LogsTab = lazy(() =>
  import('./LogsTab').then(module => ({ default: module.LogsTab })),
);
const YamlTab = lazy(() =>
  import('./YamlTab').then(module => ({ default: module.YamlTab })),
);

/** One application: is it healthy, why not, what is it made of. */
export function ApplicationPage() {
  const { cluster = '', namespace = '', name = '' } = useParams();
  const ref = { cluster, namespace, name };
  const reading = useApplication(ref);
  return (
    <ApplicationStates applicationRef={ref} reading={reading}>
      {held => (
        <LoadedPage
          // Another application is another page: no result of an action and no folded line is carried over.
          key={`${cluster}/${namespace}/${name}`}
          applicationRef={ref}
          held={held}
          reading={reading}
        />
      )}
    </ApplicationStates>
  );
}

/** The states that a view of one application can be in beside showing it. */
export function ApplicationStates(props: {
  applicationRef: ApplicationRef;
  reading: LiveReading<LiveApplication>;
  children(held: LiveApplication): ReactNode;
}) {
  const { applicationRef: ref, reading, children } = props;
  const { value, problem, reload } = reading;
  const root = useRootPath();
  const what = `Application ${ref.name}`;
  if (problem?.kind === 'forbidden') {
    return (
      <ForbiddenState
        what={`application ${ref.name}`}
        message={problem.message}
      />
    );
  }
  if (value) return <>{children(value)}</>;
  if (problem?.kind === 'missing') {
    return (
      <MissingState
        what={what}
        message={`There is no application ${ref.name} in namespace ${ref.namespace} of cluster ${ref.cluster}, or you may not see it. The page fills by itself when it is created.`}
        actions={
          <ButtonLink href={root} variant="secondary">
            All applications
          </ButtonLink>
        }
      />
    );
  }
  if (problem) {
    const { message, at } = problem;
    return <ErrorState what={what} message={message} at={at} retry={reload} />;
  }
  return <PageSkeleton />;
}

function PageSkeleton() {
  return (
    <Container className={styles.page}>
      <div
        role="status"
        aria-label="Loading the application"
        className={styles.loading}
      >
        <div className={styles.loadingHead}>
          <Skeleton width={240} height={28} />
          <Skeleton width={560} height={20} />
          <Skeleton width={320} height={20} />
        </div>
        <Skeleton width="100%" height={76} />
        <Skeleton width="100%" height={260} />
      </div>
    </Container>
  );
}

function LoadedPage(props: {
  applicationRef: ApplicationRef;
  held: LiveApplication;
  reading: LiveReading<LiveApplication>;
}) {
  const { applicationRef: ref, held, reading } = props;
  const { detail, gone } = held;
  const action = useAction();
  const view = { reference: ref, detail, action };
  return (
    <>
      <ApplicationHeader {...view} gone={gone} />
      <Container className={styles.page}>
        <div className={styles.notices}>
          {gone && (
            <Notice tone="neutral" role="status">
              This application was deleted. What you see is its last known
              state.
            </Notice>
          )}
          <FreshnessNotices
            sources={[
              { name: `Cluster ${ref.cluster}`, freshness: detail.freshness },
            ]}
            problem={reading.problem}
            retry={reading.reload}
          />
          <ActionNotice state={action.state} dismiss={action.dismiss} />
        </div>
        <HealthPanel
          summary={detail.summary}
          more={<CauseLogsLink reference={ref} tree={detail.tree} />}
        />
        <Suspense fallback={<Skeleton width="100%" height={320} />}>
          <Routes>
            <Route index element={<Overview {...view} />} />
            <Route path="objects" element={<ObjectsTab {...view} />} />
            <Route path="releases" element={<ReleasesTab {...view} />} />
            <Route path="events" element={<EventsTab {...view} />} />
            <Route path="logs" element={<LogsTab {...view} />} />
            <Route path="yaml" element={<YamlTab {...view} />} />
            <Route path="*" element={<Navigate to="." replace />} />
          </Routes>
        </Suspense>
      </Container>
    </>
  );
}
