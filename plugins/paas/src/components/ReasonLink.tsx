import { Link } from 'react-router-dom';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { isReason } from '../model/stateLooks';
import styles from './states.module.css';

/** A reason's word, leading to what helps: its section of the guide, where the portal serves one. */
export function ReasonLink(props: { reason: string }) {
  const { reason } = props;
  const guides = useApi(configApiRef).getOptionalString('paas.guides');
  if (guides === undefined || !isReason(reason)) return <>{reason}</>;
  const section = reason.toLocaleLowerCase('en-US');
  return (
    <Link
      to={`${guides}/guides/why-not-running/#${section}`}
      className={styles.reason}
      aria-label={`${reason}: what helps`}
    >
      {reason}
    </Link>
  );
}
