import { ChartRule, Violation } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { fieldsOf, listOf } from '../fields';

function forbidden(message: string): Violation {
  return { reason: 'FieldNotAllowed', message };
}

const outsideFields = ['externalIPs', 'loadBalancerIP', 'externalName'];

/** Services reach inside the cluster only: node ports and load balancers by-pass `expose`, external names redirect calls. */
export const serviceRule: ChartRule = object => {
  if (object.kind !== 'Service') {
    return [];
  }
  const spec = recordAt(object, 'spec');
  const violations: Violation[] = [];
  const type = spec.type ?? 'ClusterIP';
  if (type !== 'ClusterIP') {
    violations.push(
      forbidden(
        `spec.type ${String(
          type,
        )} is not allowed, only ClusterIP. Set the service type in the chart's values; \`expose\` on a component makes it reachable from outside.`,
      ),
    );
  }
  for (const field of outsideFields) {
    const value = spec[field];
    const set = Array.isArray(value) ? value.length > 0 : Boolean(value);
    if (set) {
      violations.push(forbidden(`spec.${field} is not allowed.`));
    }
  }
  if (listOf(spec.ports).some(port => Boolean(fieldsOf(port).nodePort))) {
    violations.push(forbidden('spec.ports[].nodePort is not allowed.'));
  }
  return violations;
};
