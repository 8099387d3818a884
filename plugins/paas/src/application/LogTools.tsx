import { Select, Switch } from '@backstage/ui';
import { ApplicationContainer } from '@understage/plugin-paas-common';
import {
  ALL_PODS,
  firstContainer,
  logRanges,
  LogRange,
  LogSelection,
  selectedContainers,
} from '../model/logSelection';
import styles from './logs.module.css';

const ALL = '';

/** How lines are shown; no part of what is read. */
export interface LogLooks {
  readonly wrap: boolean;
  readonly times: boolean;
}

/** Which component, pod and container, how much, and how it is shown. */
export function LogTools(props: {
  containers: readonly ApplicationContainer[];
  selection: LogSelection;
  onSelect(selection: LogSelection): void;
  looks: LogLooks;
  onLooks(looks: LogLooks): void;
}) {
  const { containers, selection, onSelect, looks, onLooks } = props;
  const { component, pod, container, previous, follow, range } = selection;
  const rest = { previous, follow, range };
  const components = unique(containers.map(each => each.component ?? ''));
  const inComponent = selectedContainers(containers, { ...rest, component });
  const inPod = selectedContainers(containers, { ...rest, component, pod });
  const toComponent = (value: string) => {
    const next = { ...rest, ...(value === ALL ? {} : { component: value }) };
    const first = firstContainer(containers, next);
    onSelect({ ...next, pod: first?.pod, container: first?.name });
  };
  const toPod = (value: string) => {
    const next = { ...rest, component, pod: value };
    const first = firstContainer(containers, next);
    const name = value === ALL_PODS ? undefined : first?.name;
    onSelect({ ...next, container: name });
  };
  return (
    <div className={styles.tools} role="group" aria-label="Which logs">
      <Select
        label="Component"
        size="small"
        value={component ?? ALL}
        onChange={value => toComponent(value === null ? ALL : String(value))}
        options={[
          { value: ALL, label: 'All components' },
          ...components
            .filter(name => name !== '')
            .map(name => ({ value: name, label: name })),
        ]}
      />
      <Select
        label="Pod"
        size="small"
        className={styles.pod}
        value={pod ?? ALL_PODS}
        onChange={value => value !== null && toPod(String(value))}
        options={podOptions(inComponent, pod)}
      />
      <Select
        label="Container"
        size="small"
        value={container ?? ALL}
        onChange={value =>
          onSelect({
            ...selection,
            container:
              value === null || value === ALL ? undefined : String(value),
          })
        }
        options={[
          { value: ALL, label: 'All containers' },
          ...unique([
            ...inPod.map(({ name }) => name),
            ...(container === undefined ? [] : [container]),
          ]).map(name => ({ value: name, label: name })),
        ]}
      />
      <Select
        label="From"
        size="small"
        value={range}
        onChange={value =>
          isRange(value) && onSelect({ ...selection, range: value })
        }
        options={Object.entries(logRanges).map(([value, { label }]) => ({
          value,
          label,
        }))}
      />
      <div className={styles.switches}>
        <Switch
          label="Follow"
          isSelected={follow && !previous}
          isDisabled={previous}
          onChange={next => onSelect({ ...selection, follow: next })}
        />
        <Switch
          label="Before the restart"
          isSelected={previous}
          onChange={next => onSelect({ ...selection, previous: next })}
        />
        <Switch
          label="Wrap"
          isSelected={looks.wrap}
          onChange={wrap => onLooks({ ...looks, wrap })}
        />
        <Switch
          label="Times"
          isSelected={looks.times}
          onChange={times => onLooks({ ...looks, times })}
        />
      </div>
    </div>
  );
}

/** Pods as they are named, those in trouble marked with a word; a chosen one stays although it is gone. */
function podOptions(
  containers: readonly ApplicationContainer[],
  chosen: string | undefined,
) {
  const failing = new Set(
    containers.filter(each => each.failing).map(({ pod }) => pod),
  );
  const there = unique(containers.map(({ pod }) => pod));
  const isGone =
    chosen !== undefined && chosen !== ALL_PODS && !there.includes(chosen);
  return [
    { value: ALL_PODS, label: `All pods (${there.length})` },
    ...there.map(value => ({
      value,
      label: failing.has(value) ? `${value} (failing)` : value,
    })),
    ...(isGone ? [{ value: chosen, label: `${chosen} (gone)` }] : []),
  ];
}

function isRange(value: unknown): value is LogRange {
  return typeof value === 'string' && value in logRanges;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
