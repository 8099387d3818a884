import {
  formatApplicationRef,
  formatTenantRef,
} from '@understage/plugin-paas-common';
import { applicationFilters } from '../list/applicationFilter';
import { ApplicationsTopic } from './ApplicationsTopic';
import { ApplicationTopic } from './ApplicationTopic';
import { ParsedTopic } from './parseTopic';
import { TenantsTopic } from './TenantsTopic';
import { TenantTopic } from './TenantTopic';
import { Topic, TopicContext } from './Topic';

/** Makes the topic of a name that `parseTopic` understood. */
export function createTopic(
  name: string,
  parsed: ParsedTopic,
  context: TopicContext,
): Topic {
  switch (parsed.kind) {
    case 'applications':
      return new ApplicationsTopic(
        name,
        applicationFilters(parsed.query),
        context,
      );
    case 'application':
      return new ApplicationTopic(
        name,
        formatApplicationRef(parsed.ref),
        context,
      );
    case 'tenants':
      return new TenantsTopic(name, context);
    default:
      return new TenantTopic(name, formatTenantRef(parsed.ref), context);
  }
}
