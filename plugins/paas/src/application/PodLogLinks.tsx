import { Link } from 'react-router-dom';
import { ApplicationRef, ObjectNode } from '@understage/plugin-paas-common';
import { applicationPath } from '../model/applicationKey';
import { logsPath } from '../model/logSelection';
import { useRootPath } from '../routes';
import styles from './application.module.css';

/** For a pod: the way to the log of each of its containers. */
export function PodLogLinks(props: {
  reference: ApplicationRef;
  node: ObjectNode;
}) {
  const { reference, node } = props;
  const path = `${useRootPath()}/${applicationPath(reference)}`;
  const { containers = [], ref } = node;
  if (containers.length === 0) return null;
  return (
    <p className={styles.podLogs}>
      Logs:{' '}
      {containers.map(({ name, failing }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link
            className={styles.link}
            to={logsPath(path, { pod: ref.name, container: name })}
          >
            {name}
          </Link>
          {failing && ' (failing)'}
        </span>
      ))}
    </p>
  );
}
