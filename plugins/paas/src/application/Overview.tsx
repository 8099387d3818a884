import { Link } from 'react-router-dom';
import { Condition } from '@understage/plugin-paas-common';
import { RelativeTime } from '../components/RelativeTime';
import { Words } from '../components/Words';
import { Section } from '../components/Section';
import { applicationPath } from '../model/applicationKey';
import { safeLink } from '../model/safeLink';
import { useRootPath } from '../routes';
import { ComponentTable } from './ComponentTable';
import { TopologyPanel } from './TopologyPanel';
import { ApplicationView } from './view';
import tones from '../components/tones.module.css';
import styles from './application.module.css';

/** Topology, components, conditions, and what the platform has to say beside. */
export function Overview(props: ApplicationView) {
  const { reference, detail } = props;
  const root = useRootPath();
  const objects = `${root}/${applicationPath(reference)}/objects`;
  return (
    <div className={styles.sections}>
      <TopologyPanel detail={detail} objectsPath={objects} />
      <Section title="Components">
        <ComponentTable components={detail.components} objectsPath={objects} />
      </Section>
      <div className={styles.columns}>
        <Section title="Conditions">
          <Conditions conditions={detail.conditions} />
        </Section>
        <Section title="Notices and links">
          <Notices {...props} objectsPath={objects} />
        </Section>
      </div>
    </div>
  );
}

const verdicts = {
  True: { word: 'Yes', tone: 'positive' },
  False: { word: 'No', tone: 'negative' },
  Unknown: { word: 'Unknown', tone: 'neutral' },
} as const;

function Conditions(props: { conditions: readonly Condition[] }) {
  if (props.conditions.length === 0) {
    return <p className={styles.quiet}>The operator has not reported yet.</p>;
  }
  return (
    <ul className={styles.conditions}>
      {props.conditions.map(({ type, status, message, lastTransitionTime }) => (
        <li key={type} className={styles.condition}>
          <span className={`${styles.verdict} ${tones[verdicts[status].tone]}`}>
            {verdicts[status].word}
          </span>
          <div className={styles.conditionText}>
            <strong>{type}</strong>
            <span>{message}</span>
            <span className={styles.quiet}>
              since <RelativeTime time={lastTransitionTime} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Notices(props: ApplicationView & { objectsPath: string }) {
  const { detail, objectsPath } = props;
  const links = detail.links.flatMap(({ title, url }) => {
    const href = safeLink(url);
    return href ? [{ title: title ?? url, href }] : [];
  });
  const { notices } = detail;
  if (links.length === 0 && notices.length === 0) {
    return (
      <p className={styles.quiet}>
        Nothing was refused, left alone or kept. Links of the specification (
        <code>spec.links</code>) appear here.
      </p>
    );
  }
  return (
    <ul className={styles.conditions}>
      {notices.map(({ ref, reason, message }) => (
        <li key={`${ref} ${reason}`} className={styles.conditionText}>
          <strong>{reason}</strong>
          <span>
            <Words>{message}</Words>
          </span>
          <Link to={objectsPath} className={styles.link}>
            {ref}
          </Link>
        </li>
      ))}
      {links.map(({ title, href }) => (
        <li key={href}>
          <a
            href={href}
            className={styles.link}
            target="_blank"
            rel="noopener noreferrer"
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
