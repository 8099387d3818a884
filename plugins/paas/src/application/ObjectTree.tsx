import {
  CSSProperties,
  KeyboardEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { ObjectNode } from '@understage/plugin-paas-common';
import { RelativeTime } from '../components/RelativeTime';
import { StateChip } from '../components/StateChip';
import { isGroup, treeMove, TreeRow, treeRows } from '../model/treeRows';
import styles from './tree.module.css';

interface TreeProps {
  readonly nodes: readonly ObjectNode[];
  readonly expanded: ReadonlySet<string>;
  onToggle(key: string): void;
  onOpen(key: string): void;
}

/** The objects as an ARIA tree: arrows walk, fold and unfold; Enter opens. */
export function ObjectTree(props: TreeProps) {
  const { nodes, expanded, onToggle, onOpen } = props;
  const rows = treeRows(nodes, expanded);
  const [focused, setFocused] = useState<string>();
  const moved = useRef(false);
  const lines = useRef(new Map<string, HTMLElement>());
  // A focused object may be deleted meanwhile: then the first line takes its place in the tab order.
  const current = rows.some(row => row.key === focused)
    ? focused
    : rows[0]?.key;
  useEffect(() => {
    if (moved.current && current !== undefined) {
      lines.current.get(current)?.focus();
    }
    moved.current = false;
  }, [current]);

  const activate = (row: TreeRow) => {
    if (!isGroup(row.node)) onOpen(row.key);
    else if (row.expanded !== undefined) onToggle(row.key);
  };
  const onKeyDown = (event: KeyboardEvent, row: TreeRow) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      activate(row);
      return;
    }
    const move = treeMove(rows, row.key, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'toggle') {
      onToggle(move.key);
    } else {
      moved.current = true;
      setFocused(move.key);
    }
  };

  return (
    <div role="tree" aria-label="Objects" className={styles.tree}>
      {rows.map(row => (
        <div
          key={row.key}
          role="treeitem"
          aria-level={row.level}
          aria-posinset={row.position}
          aria-setsize={row.siblings}
          aria-expanded={row.expanded}
          aria-selected={false}
          tabIndex={row.key === current ? 0 : -1}
          className={styles.row}
          style={levelStyle(row.level)}
          ref={element => {
            if (element) lines.current.set(row.key, element);
            else lines.current.delete(row.key);
          }}
          onFocus={() => setFocused(row.key)}
          onClick={() => activate(row)}
          onKeyDown={event => onKeyDown(event, row)}
        >
          <span className={styles.object}>
            <Fold row={row} onToggle={onToggle} />
            <span className={styles.kind}>{row.node.ref.kind}</span>{' '}
            <span className={styles.name}>{row.node.ref.name}</span>
          </span>{' '}
          <span className={styles.state}>
            <StateChip state={row.node.state} />
          </span>{' '}
          <span className={styles.message} title={row.node.message}>
            {row.node.message}
          </span>{' '}
          <span className={styles.time}>
            {row.node.createdAt && <RelativeTime time={row.node.createdAt} />}
          </span>
        </div>
      ))}
    </div>
  );
}

/** The style sheet indents by a custom property, as depth has no limit. */
function levelStyle(level: number): CSSProperties & { '--level': number } {
  return { '--level': level };
}

/** The mark to fold with a pointer; the keyboard has the arrows, screen readers `aria-expanded`. */
function Fold(props: { row: TreeRow; onToggle(key: string): void }) {
  const { row, onToggle } = props;
  if (row.expanded === undefined) return <span className={styles.fold} />;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className={styles.fold}
      aria-hidden="true"
      onClick={event => {
        event.stopPropagation();
        onToggle(row.key);
      }}
    >
      {row.expanded ? (
        <ExpandMore fontSize="small" />
      ) : (
        <ChevronRight fontSize="small" />
      )}
    </span>
  );
}
