import { QuotaMeter } from '@understage/plugin-paas-common';
import styles from './tenants.module.css';

/** How full a meter is, in a word: colour never stands alone. */
export function fullness(share: number): 'full' | 'nearly full' | undefined {
  if (share >= 0.95) return 'full';
  return share >= 0.8 ? 'nearly full' : undefined;
}

/** A share as people say it. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const barTones = { full: styles.full, 'nearly full': styles.nearlyFull };

function Bar(props: { share: number }) {
  const word = fullness(props.share);
  return (
    <span className={styles.barTrack} aria-hidden="true">
      <span
        className={`${styles.bar} ${word ? barTones[word] : ''}`}
        style={{ width: `${Math.min(100, props.share * 100)}%` }}
      />
    </span>
  );
}

/** What an environment uses of what it may: a table, with a bar for the eye. */
export function QuotaMeters(props: {
  environment: string;
  quota: readonly QuotaMeter[] | undefined;
}) {
  const { environment, quota } = props;
  if (!quota) {
    return <p className={styles.quiet}>The quota was not read yet.</p>;
  }
  if (quota.length === 0) {
    return <p className={styles.quiet}>Nothing is limited.</p>;
  }
  return (
    <table
      className={styles.meters}
      aria-label={`Quota of environment ${environment}`}
    >
      <thead className={styles.unseen}>
        <tr>
          <th scope="col">Resource</th>
          <th scope="col">Used</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {quota.map(({ resource, used, hard, share }) => (
          <tr key={resource}>
            <th scope="row">{resource}</th>
            <td className={styles.amount}>
              {used} of {hard}
            </td>
            <td className={styles.share}>
              {share === undefined ? (
                'none granted'
              ) : (
                <>
                  <Bar share={share} />
                  <span className={styles.percent}>{percent(share)}</span>
                  <span className={styles.word}>{fullness(share)}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
