import { z } from 'zod';
import { leases } from '../cluster/resourceTypes';
import { age } from '../output/age';
import type { Check } from './Check';

const leaseShape = z.looseObject({
  spec: z.looseObject({
    holderIdentity: z.string().nullish(),
    renewTime: z.string().nullish(),
    leaseDurationSeconds: z.number().nullish(),
  }),
});

const operatorNamespace = 'understage-system';
const leaseName = 'understage-operator';

/** Does an operator lead? Seen by its lease, which it renews every few seconds. */
export const checkOperator: Check = {
  name: 'operator',
  async run({ cluster }, { world }) {
    const lease = await cluster.get(
      leases,
      { namespace: operatorNamespace, name: leaseName },
      { signal: world.signal },
    );
    if (!lease) {
      return {
        verdict: 'problem',
        message: `No operator has ever led here: there is no lease ${leaseName} in ${operatorNamespace}. Install it as deploy/README.md says`,
      };
    }
    const parsed = leaseShape.safeParse(lease);
    const spec = parsed.success ? parsed.data.spec : {};
    const renewed = Date.parse(spec.renewTime ?? '');
    const holdsFor = (spec.leaseDurationSeconds ?? 15) * 1000;
    const since = age(spec.renewTime ?? undefined, world.now());
    return world.now().getTime() - renewed <= holdsFor
      ? { verdict: 'ok', message: `${spec.holderIdentity} leads` }
      : {
          verdict: 'problem',
          message: `No operator leads: the lease was renewed ${since} ago, by ${
            spec.holderIdentity ?? 'nobody'
          }. Look at the operator's pods and logs in ${operatorNamespace}`,
        };
  },
};
