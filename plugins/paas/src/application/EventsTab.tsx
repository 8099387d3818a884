import { ScrollBox } from '../components/ScrollBox';
import { RelativeTime } from '../components/RelativeTime';
import { EmptyState } from '../components/ViewStates';
import { Link } from 'react-router-dom';
import {
  applicationPath,
  objectAddress,
  objectKey,
  objectTitle,
} from '../model/applicationKey';
import { ObjectRef } from '@understage/plugin-paas-common';
import { findKey } from '../model/treeRows';
import { useRootPath } from '../routes';
import { Section } from '../components/Section';
import { ApplicationView } from './view';
import tones from '../components/tones.module.css';
import styles from './application.module.css';

/** What went wrong with the application and its objects, newest first: warnings, as the portal watches no others. */
export function EventsTab(props: ApplicationView) {
  const events = [...props.detail.events].sort((a, b) =>
    b.lastSeen.localeCompare(a.lastSeen),
  );
  if (events.length === 0) {
    return (
      <EmptyState title="No warnings">
        <p>
          Warnings of the last hour appear here by themselves.{' '}
          <code>kubectl events</code> has the others.
        </p>
      </EmptyState>
    );
  }
  return (
    <Section title="Events">
      <ScrollBox label="Table of events" className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">Message</th>
              <th scope="col">About</th>
              <th scope="col">Times</th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ type, reason, message, about, count, lastSeen }) => (
              <tr key={`${objectKey(about)} ${reason} ${message}`}>
                <th scope="row" className={styles.nameCell}>
                  <span>{reason}</span>
                  <span>
                    <span
                      className={`${styles.tag} ${
                        type === 'Warning' ? tones.warning : tones.neutral
                      }`}
                    >
                      {type}
                    </span>
                  </span>
                </th>
                <td className={styles.sentenceCell}>{message}</td>
                <td className={styles.aboutCell}>
                  <About about={about} {...props} />
                </td>
                <td className={styles.number}>{count}</td>
                <td className={styles.nowrap}>
                  <RelativeTime time={lastSeen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  );
}

/** The object of an event, leading to where it stands in the tree; those that are gone only by name. */
function About(props: ApplicationView & { about: ObjectRef }) {
  const { about, detail, reference } = props;
  const base = `${useRootPath()}/${applicationPath(reference)}`;
  const title = objectTitle(about);
  const key = findKey(detail.tree, about);
  if (key === undefined) return <>{title}</>;
  return (
    <Link to={objectAddress(`${base}/objects`, key)} className={styles.link}>
      {title}
    </Link>
  );
}
