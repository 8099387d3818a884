import { applicationApply } from './applicationApply';
import { applicationDelete } from './applicationDelete';
import { dependencyAdd } from './dependencyAdd';
import { middlewareAdd } from './middlewareAdd';
import { Platform } from './platform';
import { tenantDelete } from './tenantDelete';
import { tenantWrite } from './tenantWrite';

/** All actions of the platform. */
export function createActions(platform: Platform) {
  return [
    applicationApply(platform),
    applicationDelete(platform),
    middlewareAdd(platform),
    dependencyAdd(platform),
    tenantWrite(platform, 'create'),
    tenantWrite(platform, 'update'),
    tenantDelete(platform),
  ];
}
