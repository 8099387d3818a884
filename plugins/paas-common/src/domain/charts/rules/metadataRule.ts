import { DEPLOYER } from '../../labels';
import { ChartRule, Violation } from '../ChartRule';
import { fieldsOf, listOf, textOf } from '../fields';

/** Objects have a name, stay in the application's namespace, and hold up nobody's deletion. */
export const metadataRule: ChartRule = (object, { namespace }) => {
  const violations: Violation[] = [];
  const metadata = fieldsOf(object.metadata);
  const name = textOf(metadata.name) ?? '';
  if (name === '') {
    violations.push({
      reason: 'FieldNotAllowed',
      message:
        'it has no metadata.name; a generated name would make a new object at each apply.',
    });
  }
  const wanted = metadata.namespace ?? namespace;
  if (wanted !== namespace && wanted !== '') {
    violations.push({
      reason: 'NamespaceNotAllowed',
      message: `it is for namespace "${String(
        wanted,
      )}"; an application stays in its own, "${namespace}".`,
    });
  }
  for (const field of ['finalizers', 'ownerReferences']) {
    if (listOf(metadata[field]).length > 0) {
      violations.push({
        reason: 'FieldNotAllowed',
        message: `metadata.${field} is not allowed: objects of an application go when it goes.`,
      });
    }
  }
  if (
    object.kind === 'ServiceAccount' &&
    [DEPLOYER, 'default'].includes(name)
  ) {
    violations.push({
      reason: 'FieldNotAllowed',
      message: `the service account "${name}" belongs to the namespace, not to an application.`,
    });
  }
  return violations;
};
