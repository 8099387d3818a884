import { isRecord, recordAt } from '../jsonValue';
import { listOf, textOf, textsOf } from '../charts/fields';

type Labels = Readonly<Record<string, string>>;

function matchesExpression(expression: unknown, labels: Labels): boolean {
  const { key, operator, values } = recordAt(expression);
  const name = textOf(key) ?? '';
  const present = Object.hasOwn(labels, name);
  const listed = present && listOf(values).includes(labels[name]);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return present;
    case 'DoesNotExist':
      return !present;
    default:
      return false;
  }
}

/** Whether a LabelSelector selects these labels. An empty selector selects everything, an absent one nothing. */
export function selects(selector: unknown, labels: Labels): boolean {
  if (!isRecord(selector)) {
    return false;
  }
  const equal = Object.entries(textsOf(selector.matchLabels)).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
  return (
    equal &&
    listOf(selector.matchExpressions).every(expression =>
      matchesExpression(expression, labels),
    )
  );
}
