import { ButtonLink } from '@backstage/ui';
import {
  ApplicationDetail,
  ApplicationRef,
} from '@understage/plugin-paas-common';
import { ApplicationStates } from '../application/ApplicationPage';
import { ComponentTable } from '../application/ComponentTable';
import { HealthPanel } from '../application/HealthPanel';
import { Section } from '../components/Section';
import { TopologyPanel } from '../application/TopologyPanel';
import { FreshnessNotices } from '../components/FreshnessNotices';
import { useApplication } from '../live/useApplication';
import { applicationPath } from '../model/applicationKey';
import { useRootPath } from '../routes';
import { MalformedAnnotation } from './MalformedAnnotation';
import { useEntityApplication } from './useEntityApplication';
import styles from './entity.module.css';

/** The entity's application, live, on its catalog page. */
export function EntityApplicationContent() {
  const { found, annotation } = useEntityApplication();
  return found ? (
    <Content applicationRef={found.ref} component={found.component} />
  ) : (
    <MalformedAnnotation annotation={annotation} />
  );
}

/** Health of the whole application, or of the component that the entity stands for. */
function healthOf(detail: ApplicationDetail, component: string | undefined) {
  const status = detail.components.find(({ name }) => name === component);
  if (!status) return detail.summary;
  const { state, reason, message } = status;
  const { since, createdAt } = detail.summary;
  return { state, reason, message, since, createdAt };
}

function Content(props: {
  applicationRef: ApplicationRef;
  component?: string;
}) {
  const { applicationRef: ref, component } = props;
  const reading = useApplication(ref);
  const root = useRootPath();
  const path = `${root}/${applicationPath(ref)}`;
  return (
    <ApplicationStates applicationRef={ref} reading={reading}>
      {({ detail }) => {
        const health = healthOf(detail, component);
        const components = component
          ? detail.components.filter(({ name }) => name === component)
          : detail.components;
        return (
          <div className={styles.content}>
            <FreshnessNotices
              sources={[
                { name: `Cluster ${ref.cluster}`, freshness: detail.freshness },
              ]}
              problem={reading.problem}
              retry={reading.reload}
            />
            <HealthPanel summary={health} />
            <TopologyPanel detail={detail} objectsPath={`${path}/objects`} />
            <Section
              title={component ? 'Component' : 'Components'}
              actions={
                <ButtonLink size="small" variant="secondary" href={path}>
                  Open application
                </ButtonLink>
              }
            >
              <ComponentTable
                components={components}
                objectsPath={`${path}/objects`}
              />
            </Section>
          </div>
        );
      }}
    </ApplicationStates>
  );
}
