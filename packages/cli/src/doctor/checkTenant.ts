import { LABEL_TENANT, readTenantStatus } from '@understage/plugin-paas-common';
import { tenantType } from '@understage/plugin-paas-node';
import { namespaces } from '../cluster/resourceTypes';
import type { Check } from './Check';

/** Is there the Tenant that the namespace says it is of, and was its isolation verified? */
export const checkTenantOfNamespace: Check = {
  name: 'tenant',
  async run({ cluster, namespace }, { world }) {
    const { signal } = world;
    const found = await cluster.get(
      namespaces,
      { name: namespace },
      { signal },
    );
    const name = found?.metadata.labels?.[LABEL_TENANT];
    if (name === undefined) {
      return {
        verdict: 'unknown',
        message: `${namespace} is of no Tenant: nothing verifies that it is kept apart from others`,
      };
    }
    const object = await cluster.get(tenantType, { name }, { signal });
    if (!object) {
      return {
        verdict: 'unknown',
        message: `There is no Tenant ${name}: nothing verifies that ${namespace} is kept apart from others`,
      };
    }
    const status = readTenantStatus(object.status);
    if (!status) {
      return {
        verdict: 'unknown',
        message: `${name}: the operator has not seen it yet`,
      };
    }
    return {
      verdict: status.state === 'Ready' ? 'ok' : 'problem',
      message: `${name} is ${status.state}: ${status.message.replace(
        /\.$/,
        '',
      )}`,
    };
  },
};
