import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button } from '@backstage/ui';
import {
  ApplicationContainer,
  applicationContainers,
} from '@understage/plugin-paas-common';
import { Section } from '../components/Section';
import {
  EmptyState,
  ErrorState,
  ForbiddenState,
  Notice,
} from '../components/ViewStates';
import { LogReading, useLogs } from '../live/useLogs';
import {
  ALL_PODS,
  firstContainer,
  LogSelection,
  queryOf,
  readSelection,
  selectedContainers,
  writeSelection,
} from '../model/logSelection';
import { LogBlock } from './LogBlock';
import { LogTools } from './LogTools';
import { ApplicationView } from './view';
import styles from './logs.module.css';

/** What the containers of the application print, as they print it. */
export function LogsTab(props: ApplicationView) {
  const { reference, detail } = props;
  const containers = useMemo(
    () => applicationContainers(detail.tree),
    [detail.tree],
  );
  const [selection, select] = useSelection(containers);
  const [looks, setLooks] = useState({ wrap: false, times: true });
  const selected = selectedContainers(containers, selection);
  const isReadable = selected.some(each =>
    selection.previous ? each.ranBefore : each.started,
  );
  // Once begun it goes on: what is on screen stays although its pod goes.
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    if (isReadable) setBegun(true);
  }, [isReadable]);
  const asks = selection.pod !== undefined && (isReadable || begun);
  const reading = useLogs(reference, asks ? queryOf(selection) : undefined);

  if (containers.length === 0 && reading.lines.length === 0) {
    return (
      <EmptyState title="No containers yet">
        <p>Logs appear here by themselves when a pod has started.</p>
      </EmptyState>
    );
  }
  return (
    <Section title="Logs">
      <LogTools
        containers={containers}
        selection={selection}
        onSelect={select}
        looks={looks}
        onLooks={setLooks}
      />
      <LogsState
        selection={selection}
        select={select}
        containers={containers}
        reading={reading}
      >
        <LogBlock
          lines={reading.lines}
          dropped={reading.dropped}
          looks={looks}
          sources={selected.length > 1 || selection.pod === ALL_PODS}
          status={statusOf(reading, asks)}
          empty={emptySentence(reading, selected, selection)}
          fileName={fileName(reference.name, selection)}
        />
      </LogsState>
    </Section>
  );
}

/** The selection of the address; where nobody has chosen, the container that matters most is chosen, and stays. */
function useSelection(
  containers: readonly ApplicationContainer[],
): [LogSelection, (selection: LogSelection) => void] {
  const [parameters, setParameters] = useSearchParams();
  const selection = readSelection(parameters);
  const first =
    selection.pod === undefined
      ? firstContainer(containers, selection)
      : undefined;
  const select = (next: LogSelection) =>
    setParameters(writeSelection(next), { replace: true });
  useEffect(() => {
    if (!first) return;
    const { pod, name: container } = first;
    select({ ...selection, pod, container });
    // Chosen once, when there is something to choose from.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first?.podUid, first?.name]);
  return [selection, select];
}

interface LogsStateProps {
  selection: LogSelection;
  select(selection: LogSelection): void;
  containers: readonly ApplicationContainer[];
  reading: LogReading;
  children: JSX.Element;
}

/** The lines, or why there are none to be seen. */
function LogsState(props: LogsStateProps) {
  const { selection, containers, reading, children } = props;
  const { progress, reload } = reading;
  const isGone = isGonePod(selection, containers);
  const problem = progress.kind === 'problem' ? progress.problem : undefined;
  if (problem?.kind === 'forbidden') {
    return <ForbiddenState what="these logs" message={problem.message} />;
  }
  if (problem && !isGone && reading.lines.length === 0) {
    const at = problem.kind === 'failed' ? problem.at : '';
    const { message } = problem;
    return (
      <ErrorState what="The log" message={message} at={at} retry={reload} />
    );
  }
  return (
    <>
      <div className={styles.notices}>
        {isGone && <GonePod {...props} />}
        <ProgressNotices reading={reading} />
      </div>
      {children}
    </>
  );
}

function isGonePod(
  { pod }: LogSelection,
  containers: readonly ApplicationContainer[],
): boolean {
  const isOne = pod !== undefined && pod !== ALL_PODS;
  return isOne && !containers.some(each => each.pod === pod);
}

function GonePod({ selection, select, containers, reading }: LogsStateProps) {
  const { pod: _, container: __, ...rest } = selection;
  const next = firstContainer(containers, { ...rest, previous: false });
  const show = next && (
    <Button
      size="small"
      variant="secondary"
      onPress={() => select({ ...rest, pod: next.pod, container: next.name })}
    >
      Show {next.pod}
    </Button>
  );
  return (
    <Notice tone="warning" role="status" action={show}>
      Pod {selection.pod} is gone, and its log with it
      {reading.lines.length > 0 && '; what you see is what was read'}.
    </Notice>
  );
}

/** What is said above the lines. */
function ProgressNotices({ reading }: { reading: LogReading }) {
  const { progress, refused, left, reload } = reading;
  return (
    <>
      {progress.kind === 'interrupted' && (
        <Notice
          tone="warning"
          role="status"
          action={
            <Button size="small" variant="secondary" onPress={reload}>
              Try now
            </Button>
          }
        >
          Interrupted: {progress.why} It is tried again by itself.
        </Notice>
      )}
      {progress.kind === 'read' && progress.message && (
        <Notice tone="neutral" role="status">
          {progress.message}
        </Notice>
      )}
      {left > 0 && (
        <Notice tone="neutral">
          {left} more containers are not shown: choose a component or a pod.
        </Notice>
      )}
      {refused.map(sentence => (
        <Notice key={sentence} tone="warning" role="status">
          {sentence}
        </Notice>
      ))}
    </>
  );
}

function statusOf({ progress }: LogReading, asks: boolean): string {
  if (!asks) return 'Waiting for a container to start.';
  switch (progress.kind) {
    case 'opening':
      return 'Opening.';
    case 'following':
      return 'Live.';
    case 'interrupted':
      return 'Interrupted.';
    case 'problem':
      return 'Not read on.';
    default:
      return 'Read to the end.';
  }
}

function emptySentence(
  { progress }: LogReading,
  selected: readonly ApplicationContainer[],
  { previous }: LogSelection,
): string {
  if (previous && !selected.some(each => each.ranBefore)) {
    return 'It has not been restarted: there is no run before this one.';
  }
  if (!selected.some(each => each.started)) {
    return 'Nothing has started yet; lines appear here by themselves.';
  }
  if (progress.kind === 'opening') return 'Reading ...';
  return 'Nothing was printed in what was asked for; new lines appear here by themselves when you follow.';
}

function fileName(
  application: string,
  { component, pod, container, previous }: LogSelection,
): string {
  const parts = [
    pod === undefined || pod === ALL_PODS ? application : pod,
    component !== undefined && pod === ALL_PODS ? component : undefined,
    container,
    previous ? 'previous' : undefined,
  ];
  return `${parts.filter(Boolean).join('-')}.log`;
}
