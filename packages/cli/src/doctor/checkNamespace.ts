import { LABEL_TENANT } from '@understage/plugin-paas-common';
import { namespaces } from '../cluster/resourceTypes';
import type { Check } from './Check';

/** Is the namespace there, whose is it, and does it hold pods to the restricted profile? */
export const checkNamespace: Check = {
  name: 'namespace',
  async run({ cluster, namespace }, { world }) {
    const found = await cluster.get(
      namespaces,
      { name: namespace },
      { signal: world.signal },
    );
    if (!found) {
      return {
        verdict: 'problem',
        message: `There is no namespace ${namespace}: name another one with -n, or ask the platform team for it`,
      };
    }
    const { labels = {}, deletionTimestamp } = found.metadata;
    if (deletionTimestamp !== undefined) {
      return {
        verdict: 'problem',
        message: `${namespace} is being deleted: nothing new can start in it`,
      };
    }
    const tenant = labels[LABEL_TENANT];
    const profile = labels['pod-security.kubernetes.io/enforce'];
    return {
      verdict: 'ok',
      message: `${namespace} belongs to ${
        tenant === undefined
          ? `${namespace} (no tenant label)`
          : `tenant ${tenant}`
      }; Pod Security ${profile ?? 'is not enforced'}`,
    };
  },
};
