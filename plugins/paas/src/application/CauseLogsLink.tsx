import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import {
  ApplicationDetail,
  applicationContainers,
  ApplicationRef,
} from '@understage/plugin-paas-common';
import { applicationPath } from '../model/applicationKey';
import { logsPath } from '../model/logSelection';
import { useRootPath } from '../routes';
import styles from './application.module.css';

/** When a container fails that has a log: the way to it. The container says best why. */
export function CauseLogsLink(props: {
  reference: ApplicationRef;
  tree: ApplicationDetail['tree'];
}) {
  const { reference, tree } = props;
  const root = useRootPath();
  const failing = useMemo(
    () =>
      applicationContainers(tree).find(each => each.failing && each.started),
    [tree],
  );
  if (!failing) return null;
  const { pod, name: container } = failing;
  const path = `${root}/${applicationPath(reference)}`;
  return (
    <Link className={styles.causeLink} to={logsPath(path, { pod, container })}>
      Show logs of {container}
    </Link>
  );
}
