import { defineGroup } from '../../Verb';
import { applyTenant } from './apply';
import { deleteTenant } from './delete';
import { exportTenant } from './export';
import { getTenants } from './get';
import { listTenants } from './list';
import { planTenant } from './plan';
import { validateTenant } from './validate';

/** Everything about tenants. */
export const tenant = defineGroup({
  name: 'tenant',
  summary: 'Give tenants out, look at them, take them back',
  description:
    'A tenant is a team on the platform: one namespace for each environment, with members, a quota and walls around it. Platform engineers give tenants out; admins of one change its members.',
  verbs: [
    listTenants,
    getTenants,
    validateTenant,
    planTenant,
    applyTenant,
    exportTenant,
    deleteTenant,
  ],
});
