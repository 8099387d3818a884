import { DesiredObject, Refusal } from '../desired';
import { refKey, refOf } from '../kubernetes';

/**
 * Objects that two components of one application both render: a chart may name an object as we would name another
 * component's. The component that comes first keeps the name; each later one is refused, once.
 */
export function findNameConflicts(
  objects: readonly DesiredObject[],
): readonly Refusal[] {
  const owners = new Map<string, string | undefined>();
  const refused = new Map<string | undefined, Refusal>();
  for (const { object, component } of objects) {
    const ref = refOf(object);
    const key = refKey(ref);
    if (!owners.has(key)) {
      owners.set(key, component);
      continue;
    }
    const owner = owners.get(key);
    if (owner !== component && !refused.has(component)) {
      refused.set(component, {
        ...(component === undefined ? {} : { component }),
        ref,
        reason: 'NameTaken',
        message: `${component}: ${ref.kind} ${ref.name} is also rendered for component ${owner}. Rename one of the two components.`,
      });
    }
  }
  return [...refused.values()];
}
