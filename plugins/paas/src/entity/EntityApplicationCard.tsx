import {
  ButtonLink,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
} from '@backstage/ui';
import {
  ApplicationDetail,
  ApplicationRef,
} from '@understage/plugin-paas-common';
import { RelativeTime } from '../components/RelativeTime';
import { StateChip } from '../components/StateChip';
import { useApplication } from '../live/useApplication';
import { applicationPath } from '../model/applicationKey';
import { useRootPath } from '../routes';
import { MalformedAnnotation } from './MalformedAnnotation';
import { useEntityApplication } from './useEntityApplication';
import styles from './entity.module.css';

/** State, sentence, replicas and release of the entity's application or component, live. */
export function EntityApplicationCard() {
  const { found, annotation } = useEntityApplication();
  return (
    <Card>
      <CardHeader>
        <h3 className={styles.title}>Application</h3>
      </CardHeader>
      <CardBody>
        {found ? (
          <Body applicationRef={found.ref} component={found.component} />
        ) : (
          <MalformedAnnotation annotation={annotation} />
        )}
      </CardBody>
    </Card>
  );
}

function Body(props: { applicationRef: ApplicationRef; component?: string }) {
  const { applicationRef: ref, component } = props;
  const { value, problem } = useApplication(ref);
  const root = useRootPath();
  if (problem && !value) {
    return (
      <p className={styles.quiet} role="alert">
        {problem.message}
      </p>
    );
  }
  if (!value) {
    return (
      <div role="status" aria-label="Loading the application">
        <Skeleton width="100%" height={96} />
      </div>
    );
  }
  return (
    <div className={styles.card}>
      <Facts detail={value.detail} component={component} />
      <div>
        <ButtonLink
          size="small"
          variant="secondary"
          href={`${root}/${applicationPath(ref)}`}
        >
          Open application
        </ButtonLink>
      </div>
    </div>
  );
}

function Facts(props: { detail: ApplicationDetail; component?: string }) {
  const { detail, component } = props;
  const { summary, freshness } = detail;
  const status = detail.components.find(({ name }) => name === component);
  const { state, message, replicas } = status ?? summary;
  return (
    <>
      <div className={styles.line}>
        <StateChip state={state} />
        <span className={styles.quiet}>
          <RelativeTime time={summary.since ?? summary.createdAt} />
        </span>
      </div>
      <p className={styles.sentence}>{message}</p>
      {freshness.kind !== 'live' && (
        <p className={styles.quiet}>Not up to date: {freshness.why}</p>
      )}
      <dl className={styles.facts}>
        <dt>Replicas</dt>
        <dd>
          {replicas ? `${replicas.ready} of ${replicas.desired} ready` : '–'}
        </dd>
        <dt>Release</dt>
        <dd>
          {summary.release === undefined ? 'none yet' : `#${summary.release}`}
        </dd>
        <dt>Place</dt>
        <dd>
          {summary.cluster} / {summary.namespace}
        </dd>
      </dl>
    </>
  );
}
