import { KubeObject } from '../../kubernetes';
import { ChartRule } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { listOf } from '../fields';

// Each of these picks an existing volume, perhaps somebody else's.
const borrowingFields = [
  'volumeName',
  'selector',
  'dataSource',
  'dataSourceRef',
];

function claimSpecs(
  object: KubeObject,
): readonly (readonly [string, unknown])[] {
  if (object.kind === 'PersistentVolumeClaim') {
    return [['spec', object.spec]];
  }
  if (object.kind === 'StatefulSet') {
    return listOf(recordAt(object, 'spec').volumeClaimTemplates).map(
      (claim, index) => [
        `spec.volumeClaimTemplates[${index}].spec`,
        recordAt(claim, 'spec'),
      ],
    );
  }
  return [];
}

/** Claims get volumes of their own: they neither name nor copy an existing one. */
export const storageRule: ChartRule = object =>
  claimSpecs(object).flatMap(([path, spec]) => {
    const fields = recordAt(spec);
    return borrowingFields
      .filter(field => fields[field] !== undefined && fields[field] !== null)
      .map(field => ({
        reason: 'FieldNotAllowed' as const,
        message: `${path}.${field} is not allowed: a claim gets a volume of its own.`,
      }));
  });
