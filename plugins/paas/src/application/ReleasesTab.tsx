import { useState } from 'react';
import { BgProvider, Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { ReleaseSummary } from '@understage/plugin-paas-common';
import { ScrollBox } from '../components/ScrollBox';
import { paasApiRef } from '../api/PaasApi';
import { CopyButton } from '../components/CopyButton';
import { RelativeTime } from '../components/RelativeTime';
import { EmptyState, Notice } from '../components/ViewStates';
import { pinnedRevision } from '../model/editYaml';
import { Section } from '../components/Section';
import { RollbackDialog, RollVerb } from './RollbackDialog';
import { ApplicationView } from './view';
import tones from '../components/tones.module.css';
import styles from './application.module.css';

/** What was released, newest first, and the way back. */
export function ReleasesTab(props: ApplicationView) {
  const { detail, action } = props;
  const [target, setTarget] = useState<number>();
  const releases = [...detail.releases].sort((a, b) => b.revision - a.revision);
  const current = releases.find(release => release.current)?.revision;
  if (releases.length === 0) {
    return (
      <EmptyState title="No release yet">
        <p>
          The first one is written when the specification is accepted and its
          images and charts are known.
        </p>
      </EmptyState>
    );
  }
  return (
    <Section title="Releases">
      <PinNotice {...props} />
      <ScrollBox label="Table of releases" className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Release</th>
              <th scope="col">Created</th>
              <th scope="col">Images and charts</th>
              <th scope="col">
                <span className={styles.quiet}>Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {releases.map(release => (
              <tr key={release.revision}>
                <th scope="row" className={styles.nameCell}>
                  <span>#{release.revision}</span>
                  <Marks release={release} />
                </th>
                <td className={styles.nowrap}>
                  <RelativeTime time={release.createdAt} />
                </td>
                <td>
                  <Contents release={release} />
                </td>
                <td className={styles.actionCell}>
                  {!release.current && (
                    <BgProvider bg="neutral-1">
                      <Button
                        size="small"
                        variant="secondary"
                        isDisabled={action.state.kind === 'running'}
                        aria-label={`${rollVerb(
                          release.revision,
                          current,
                        )} to release ${release.revision}`}
                        onPress={() => setTarget(release.revision)}
                      >
                        {rollVerb(release.revision, current)}
                      </Button>
                    </BgProvider>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {target !== undefined && (
        <RollbackDialog
          {...props}
          revision={target}
          verb={rollVerb(target, current)}
          close={() => setTarget(undefined)}
        />
      )}
    </Section>
  );
}

/** The way to a release: after going back, the newer ones lie ahead. */
function rollVerb(revision: number, current = revision): RollVerb {
  return revision > current ? 'Roll forward' : 'Roll back';
}

/** Says that a release is pinned, and lets it go. */
function PinNotice(props: ApplicationView) {
  const { reference, detail, action } = props;
  const api = useApi(paasApiRef);
  const pinned = pinnedRevision(detail.yaml);
  if (pinned === undefined) return null;
  const unpin = () =>
    action.run('Letting the pin go', async () => {
      await api.rollback(reference, null);
      return `${reference.name} follows its specification again.`;
    });
  return (
    <div className={styles.notices}>
      <Notice
        tone="active"
        action={
          <Button
            size="small"
            variant="secondary"
            isDisabled={action.state.kind === 'running'}
            onPress={unpin}
          >
            Let the pin go
          </Button>
        }
      >
        Release {pinned} is pinned: the components of its specification run,
        whatever the file says.
      </Notice>
    </div>
  );
}

function Marks(props: { release: ReleaseSummary }) {
  const { current, available } = props.release;
  if (!current && !available) return null;
  return (
    <span className={styles.marks}>
      {current && (
        <span className={`${styles.tag} ${tones.active}`}>current</span>
      )}
      {available && (
        <span className={`${styles.tag} ${tones.positive}`}>
          last available
        </span>
      )}
    </span>
  );
}

function Contents(props: { release: ReleaseSummary }) {
  const { images, charts } = props.release;
  const entries = [...Object.entries(images), ...Object.entries(charts)];
  if (entries.length === 0) return <>–</>;
  return (
    <dl className={styles.contents}>
      {entries.map(([component, what]) => (
        <div key={`${component} ${what}`}>
          <dt>{component}</dt>
          <dd>
            <code title={what}>{what}</code>
            <CopyButton text={what} label={`Copy ${what}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
