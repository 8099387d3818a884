import { Action, FieldChange } from '../action';

function countOf(changes: readonly FieldChange[]): string {
  return changes.length === 1 ? '1 field' : `${changes.length} fields`;
}

/** What a writing action is going to do, as a participle: `created`, `changed (2 fields)`; undefined for the others. */
export function describeIntent(action: Action): string | undefined {
  switch (action.kind) {
    case 'create':
      return 'created';
    case 'update':
      return action.drift
        ? `repaired (${countOf(action.changes)})`
        : `changed (${countOf(action.changes)})`;
    case 'replace':
      return `replaced (${countOf(action.changes)})`;
    case 'delete':
      return 'deleted';
    default:
      return undefined;
  }
}

/** True for actions that write to the cluster. */
export function isWrite(action: Action): boolean {
  return describeIntent(action) !== undefined;
}
