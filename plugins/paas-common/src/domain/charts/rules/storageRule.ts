import { KubeObject } from '../../kubernetes';
import { ChartRule } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { listOf } from '../fields';
import { podTemplateOf } from '../podTemplates';

// Each of these picks an existing volume, perhaps somebody else's.
const borrowingFields = [
  'volumeName',
  'selector',
  'dataSource',
  'dataSourceRef',
];

type Place = readonly [path: string, spec: unknown];

/** Claims that live and die with a pod are claims. */
function ephemeralClaims(object: KubeObject): readonly Place[] {
  const template = podTemplateOf(object);
  return listOf(template?.spec.volumes).flatMap((volume, index) => {
    const claim = recordAt(volume, 'ephemeral').volumeClaimTemplate;
    const path = `${template?.path}.spec.volumes[${index}].ephemeral.volumeClaimTemplate.spec`;
    return claim === undefined
      ? []
      : [[path, recordAt(claim, 'spec')] as const];
  });
}

function claimSpecs(object: KubeObject): readonly Place[] {
  if (object.kind === 'PersistentVolumeClaim') {
    return [['spec', object.spec]];
  }
  if (object.kind === 'StatefulSet') {
    const templates = listOf(recordAt(object, 'spec').volumeClaimTemplates);
    return [
      ...templates.map(
        (claim, index): Place => [
          `spec.volumeClaimTemplates[${index}].spec`,
          recordAt(claim, 'spec'),
        ],
      ),
      ...ephemeralClaims(object),
    ];
  }
  return ephemeralClaims(object);
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
