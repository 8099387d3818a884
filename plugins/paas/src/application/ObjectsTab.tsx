import { useMemo, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import { Button, Select } from '@backstage/ui';
import { ObjectNode } from '@understage/plugin-paas-common';
import { Notice } from '../components/ViewStates';
import { objectKey } from '../model/applicationKey';
import { allKeys, firstExpanded } from '../model/treeRows';
import { ObjectDrawer } from './ObjectDrawer';
import { ObjectTree } from './ObjectTree';
import { Section } from '../components/Section';
import { ApplicationView } from './view';
import styles from './application.module.css';

const ALL = '';
/** Marks the step in the history that opened an object from this page. */
const OPENED_HERE = 'opened from the tree';

function findNode(
  nodes: readonly ObjectNode[],
  key: string,
): ObjectNode | undefined {
  for (const node of nodes) {
    if (objectKey(node.ref) === key) return node;
    const below = findNode(node.children, key);
    if (below) return below;
  }
  return undefined;
}

function withParameter(
  parameters: URLSearchParams,
  name: string,
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (value === undefined) next.delete(name);
  else next.set(name, value);
  return next;
}

/** Every object of the application down to its pods, with health; each opens with its YAML. */
export function ObjectsTab(props: ApplicationView) {
  const { reference, detail } = props;
  const [parameters, setParameters] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const component = parameters.get('component') ?? ALL;
  const tree = useMemo(
    () =>
      component === ALL
        ? detail.tree
        : detail.tree.filter(node => node.component === component),
    [detail.tree, component],
  );
  const [expanded, setExpanded] = useState(() => firstExpanded(detail.tree));
  const open = parameters.get('object') ?? undefined;
  /** The open object stands in the address: it can be sent to somebody, and Back closes it. */
  const setOpen = (key: string) =>
    setParameters(before => withParameter(before, 'object', key), {
      state: OPENED_HERE,
    });
  // Closing takes back the step that opened it, if there was one: Back then leaves the page, as it should.
  const close = () =>
    state === OPENED_HERE
      ? navigate(-1)
      : setParameters(before => withParameter(before, 'object', undefined), {
          replace: true,
        });
  const shown = open === undefined ? undefined : findNode(detail.tree, open);
  const names = [
    ...new Set(detail.tree.flatMap(node => node.component ?? [])),
  ].sort();
  return (
    <Section
      title="Objects"
      actions={
        <div className={styles.sectionActions}>
          <Select
            aria-label="Component"
            size="small"
            value={component}
            onChange={value =>
              setParameters(
                before =>
                  withParameter(
                    before,
                    'component',
                    value === null || value === ALL ? undefined : String(value),
                  ),
                { replace: true },
              )
            }
            options={[
              { value: ALL, label: 'All components' },
              ...names.map(value => ({ value, label: value })),
            ]}
          />
          <Button
            size="small"
            variant="secondary"
            onPress={() => setExpanded(new Set(allKeys(detail.tree)))}
          >
            Unfold all
          </Button>
          <Button
            size="small"
            variant="secondary"
            onPress={() => setExpanded(new Set())}
          >
            Fold all
          </Button>
        </div>
      }
    >
      {open !== undefined && !shown && (
        <Notice
          tone="neutral"
          role="status"
          action={
            <Button size="small" variant="secondary" onPress={close}>
              Dismiss
            </Button>
          }
        >
          {open.split('/').slice(-3, -2)} {open.split('/').at(-1)} is not there,
          or not any more.
        </Notice>
      )}
      {tree.length === 0 ? (
        <p className={styles.quiet}>
          {component === ALL
            ? 'No object exists yet.'
            : `Component ${component} has no objects.`}
        </p>
      ) : (
        <ObjectTree
          nodes={tree}
          expanded={expanded}
          onToggle={key =>
            setExpanded(before => {
              const after = new Set(before);
              if (!after.delete(key)) after.add(key);
              return after;
            })
          }
          onOpen={setOpen}
        />
      )}
      {shown && (
        <ObjectDrawer reference={reference} node={shown} close={close} />
      )}
    </Section>
  );
}
