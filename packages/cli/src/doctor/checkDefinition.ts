import { KubeError } from '@understage/kube';
import { applications } from '../cluster/resourceTypes';
import type { Check } from './Check';

/** Is the Application resource served here? Asked by listing, which its users may; reading the definition they may not. */
export const checkDefinition: Check = {
  name: 'resource',
  async run({ cluster, namespace }, { world }) {
    try {
      const { items } = await cluster.list(applications, {
        namespace,
        signal: world.signal,
      });
      const count =
        items.length === 1 ? '1 application' : `${items.length} applications`;
      return {
        verdict: 'ok',
        message: `Application is served; ${count} in ${namespace}`,
      };
    } catch (error) {
      if (!(error instanceof KubeError) || error.status !== 404) throw error;
      return {
        verdict: 'problem',
        message:
          'The cluster does not know Applications: apply the files of crds/, or ask the platform team for the right cluster',
      };
    }
  },
};
