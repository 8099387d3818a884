import { useEffect, useState } from 'react';
import { ButtonIcon, Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Drawer from '@material-ui/core/Drawer';
import CloseIcon from '@material-ui/icons/Close';
import { ApplicationRef, ObjectNode } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { CodeBlock } from '../components/CodeBlock';
import { CopyButton } from '../components/CopyButton';
import { StateChip } from '../components/StateChip';
import { PodLogLinks } from './PodLogLinks';
import { Notice } from '../components/ViewStates';
import { useClock } from '../live/clock';
import { objectKey, objectTitle } from '../model/applicationKey';
import { problemOf, ViewProblem } from '../model/problemOf';
import styles from './application.module.css';

type ObjectYaml =
  | { readonly kind: 'loading' }
  | { readonly kind: 'read'; readonly yaml: string }
  | { readonly kind: 'problem'; readonly problem: ViewProblem };

function useObjectYaml(ref: ApplicationRef, node: ObjectNode): ObjectYaml {
  const api = useApi(paasApiRef);
  const clock = useClock();
  const [state, setState] = useState<ObjectYaml>({ kind: 'loading' });
  const key = objectKey(node.ref);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    setState({ kind: 'loading' });
    api.getObjectYaml(ref, node.ref, { signal }).then(
      yaml => !signal.aborted && setState({ kind: 'read', yaml }),
      error => {
        if (signal.aborted) return;
        const problem = problemOf(error, clock.now().toISOString());
        setState({ kind: 'problem', problem });
      },
    );
    return () => abort.abort();
    // The object is named by its key; the values are new ones with each live message.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, clock, key]);
  return state;
}

/** One object: its state, its sentence, its YAML. */
export function ObjectDrawer(props: {
  reference: ApplicationRef;
  node: ObjectNode;
  close(): void;
}) {
  const { reference, node, close } = props;
  const yaml = useObjectYaml(reference, node);
  const title = objectTitle(node.ref);
  return (
    <Drawer
      anchor="right"
      open
      onClose={close}
      PaperProps={{
        className: styles.drawer,
        'aria-labelledby': 'paas-object',
        role: 'dialog',
      }}
    >
      <div className={styles.drawerHead}>
        <div className={styles.drawerTitle}>
          <span className={styles.quiet}>{node.ref.kind}</span>
          <h2 id="paas-object" aria-label={title}>
            {node.ref.name}
          </h2>
        </div>
        <CopyButton
          text={node.ref.name}
          label={`Copy the name ${node.ref.name}`}
        />
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<CloseIcon fontSize="inherit" />}
          aria-label="Close"
          onPress={close}
        />
      </div>
      <div className={styles.drawerState}>
        <StateChip state={node.state} />
        <span>{node.message}</span>
      </div>
      <PodLogLinks reference={reference} node={node} />
      {yaml.kind === 'loading' && <Skeleton width="100%" height={320} />}
      {yaml.kind === 'problem' && (
        <Notice tone="negative" role="alert">
          The YAML of {title} could not be read: {yaml.problem.message}
        </Notice>
      )}
      {yaml.kind === 'read' && (
        <CodeBlock text={yaml.yaml} label={`YAML of ${title}`} />
      )}
    </Drawer>
  );
}
