import { z } from 'zod';
import { DEPLOYER } from '@understage/plugin-paas-common';
import { roleBindings, serviceAccounts } from '../cluster/resourceTypes';
import type { Check } from './Check';

const bindingShape = z.looseObject({
  roleRef: z.looseObject({ kind: z.string(), name: z.string() }),
  subjects: z
    .array(
      z.looseObject({
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .optional(),
});

/** Is there the account that everything in the namespace is written as, and is it bound to a role? */
export const checkDeployer: Check = {
  name: 'deployer',
  async run({ cluster, namespace }, { world }) {
    const { signal } = world;
    const key = { namespace, name: DEPLOYER };
    const [account, bindings] = await Promise.all([
      cluster.get(serviceAccounts, key, { signal }),
      cluster.list(roleBindings, { namespace, signal }),
    ]);
    if (!account) {
      return {
        verdict: 'problem',
        message: `${namespace} has no service account ${DEPLOYER}: the platform team has to make the namespace ready (deploy/README.md)`,
      };
    }
    const roles = bindings.items.flatMap(binding => {
      const parsed = bindingShape.safeParse(binding);
      if (!parsed.success) return [];
      const { subjects = [], roleRef } = parsed.data;
      const binds = subjects.some(
        subject =>
          subject.kind === 'ServiceAccount' &&
          subject.name === DEPLOYER &&
          (subject.namespace ?? namespace) === namespace,
      );
      return binds ? [`${roleRef.kind} ${roleRef.name}`] : [];
    });
    return roles.length === 0
      ? {
          verdict: 'problem',
          message: `${DEPLOYER} in ${namespace} is bound to no role, so it may write nothing: the platform team has to bind it (deploy/README.md)`,
        }
      : {
          verdict: 'ok',
          message: `${DEPLOYER} is bound to ${roles.join(', ')}`,
        };
  },
};
