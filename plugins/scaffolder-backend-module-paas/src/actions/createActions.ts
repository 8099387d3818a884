import { applicationApply } from './applicationApply';
import { applicationDelete } from './applicationDelete';
import { dependencyAdd } from './dependencyAdd';
import { middlewareAdd } from './middlewareAdd';
import { Platform } from './platform';
import { tenantCreate } from './tenantCreate';
import { tenantDelete } from './tenantDelete';
import { tenantUpdate } from './tenantUpdate';

/** All actions of the platform. */
export function createActions(platform: Platform) {
  return [
    applicationApply(platform),
    applicationDelete(platform),
    middlewareAdd(platform),
    dependencyAdd(platform),
    tenantCreate(platform),
    tenantUpdate(platform),
    tenantDelete(platform),
  ];
}
