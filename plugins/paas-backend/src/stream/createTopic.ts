import { formatApplicationRef } from '@understage/plugin-paas-common';
import { applicationFilters } from '../list/applicationFilter';
import { ApplicationsTopic } from './ApplicationsTopic';
import { ApplicationTopic } from './ApplicationTopic';
import { ParsedTopic } from './parseTopic';
import { Topic, TopicContext } from './Topic';

/** Makes the topic of a name that `parseTopic` understood. */
export function createTopic(
  name: string,
  parsed: ParsedTopic,
  context: TopicContext,
): Topic {
  return parsed.kind === 'applications'
    ? new ApplicationsTopic(name, applicationFilters(parsed.query), context)
    : new ApplicationTopic(name, formatApplicationRef(parsed.ref), context);
}
