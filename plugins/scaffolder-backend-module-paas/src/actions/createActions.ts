import { withoutSecrets } from '../redaction/withoutSecrets';
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
    withoutSecrets(applicationApply(platform)),
    withoutSecrets(applicationDelete(platform)),
    withoutSecrets(middlewareAdd(platform)),
    withoutSecrets(dependencyAdd(platform)),
    withoutSecrets(tenantWrite(platform, 'create')),
    withoutSecrets(tenantWrite(platform, 'update')),
    withoutSecrets(tenantDelete(platform)),
  ];
}
