import { ApiRoutes, AuditEntry } from '@understage/plugin-paas-common';

/** What somebody did, for what they asked of the API. */
const words: Readonly<Partial<Record<keyof ApiRoutes, string>>> = {
  listApplications: 'listed applications',
  getApplication: 'opened an application',
  getObject: 'opened an object',
  listEvents: 'read events',
  readLogs: 'read logs',
  plan: 'planned an application',
  apply: 'applied an application',
  rollback: 'pinned a release',
  pause: 'paused an application',
  resume: 'resumed an application',
  deleteApplication: 'deleted an application',
  listTenants: 'listed tenants',
  getTenant: 'opened a tenant',
  planTenant: 'planned a tenant',
  applyTenant: 'applied a tenant',
  planOffboarding: 'planned an offboarding',
  deleteTenant: 'offboarded a tenant',
  listAudit: 'read the audit trail',
  listClusters: 'listed clusters',
};

/** What was asked, in words: `applied an application`; the id itself where this version knows no words for it. */
export function auditWords(action: string): string {
  const known = Object.entries(words).find(([id]) => id === action);
  return known?.[1] ?? action;
}

/** What the portal calls the ways in which a call can end. */
export const resultWords: Readonly<Record<AuditEntry['result'], string>> = {
  succeeded: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  unknown: 'Unknown',
};

/** A person as people write it: `sam` is `user:default/sam`. */
export function personRef(text: string): string | undefined {
  const typed = text.trim().toLocaleLowerCase('en-US');
  if (typed === '') return undefined;
  return /[:/]/.test(typed) ? typed : `user:default/${typed}`;
}
