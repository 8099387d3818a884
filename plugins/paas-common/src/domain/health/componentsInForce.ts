import { Application } from '../../schema/Application';
import { ApplicationStatus } from '../../schema/ApplicationStatus';
import { HealthInput } from './assessHealth';

/**
 * The components that run, for a reader that did not plan: under a pinned release those that the operator reported, as
 * the specification may have others. Undefined means those of the specification.
 */
export function componentsInForce(
  application: Pick<Application, 'spec'>,
  status: ApplicationStatus | undefined,
): HealthInput['components'] {
  const pinned = application.spec.revision !== undefined;
  return pinned && status && status.components.length > 0
    ? status.components
    : undefined;
}
