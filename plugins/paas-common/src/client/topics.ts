import { formatApplicationRef } from '../api/applicationRef';
import { ApplicationQuery, ApplicationRef } from '../api/types';
import { formatQuery } from './PaasClient';

/**
 * Topic of all applications that match. Sort and paging do not count: a topic carries every match, the reader sorts
 * with `compareApplications`.
 */
export function applicationsTopic(query: ApplicationQuery = {}): string {
  const { sort: _, limit: __, cursor: ___, ...filter } = query;
  const text = formatQuery(filter);
  return text === '' ? 'applications' : `applications?${text}`;
}

/** Topic of one application: its whole detail, at first and after each change. */
export function applicationTopic(ref: ApplicationRef): string {
  return `application/${formatApplicationRef(ref)}`;
}
