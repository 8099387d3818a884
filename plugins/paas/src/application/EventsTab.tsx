import { ScrollBox } from '../components/ScrollBox';
import { RelativeTime } from '../components/RelativeTime';
import { EmptyState } from '../components/ViewStates';
import { objectKey, objectTitle } from '../model/applicationKey';
import { Section } from './Overview';
import { ApplicationView } from './view';
import styles from './application.module.css';

/** What happened to the application and its objects, newest first. */
export function EventsTab(props: ApplicationView) {
  const events = [...props.detail.events].sort((a, b) =>
    b.lastSeen.localeCompare(a.lastSeen),
  );
  if (events.length === 0) {
    return (
      <EmptyState title="No events">
        <p>
          Kubernetes keeps events for an hour; new ones appear by themselves.
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
                        type === 'Warning' ? styles.warning : styles.neutral
                      }`}
                    >
                      {type}
                    </span>
                  </span>
                </th>
                <td className={styles.sentenceCell}>{message}</td>
                <td className={styles.aboutCell}>{objectTitle(about)}</td>
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
