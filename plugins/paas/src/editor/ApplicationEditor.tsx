import { useApi } from '@backstage/frontend-plugin-api';
import { ApplyAnswer } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { FileEditor } from './FileEditor';

type Applied = Extract<ApplyAnswer, { kind: 'applied' }>;

/** Edits one Application. */
export function ApplicationEditor(props: {
  cluster: string;
  namespace: string;
  initial: string;
  /** The application that is edited; a file that names another one is told apart. */
  edits?: string;
  /** What is in the cluster now, to begin anew from; absent for a new application. */
  current?: string;
  /** False while something else (the namespace) is missing. */
  ready?: boolean;
  onApplied(answer: Applied): void;
  onCancel?(): void;
}) {
  const { cluster, namespace, ...rest } = props;
  const api = useApi(paasApiRef);
  const file = (yaml: string) => ({ cluster, namespace, yaml });
  return (
    <FileEditor<Applied>
      {...rest}
      kind="Application"
      plan={text => api.plan(file(text))}
      apply={(text, force) => api.apply(file(text), { force })}
    />
  );
}
