import { ApiRoutes, AuditEntry } from '@understage/plugin-paas-common';

/** What somebody asked for; whether it was done is the result's to say. */
const words: Readonly<Partial<Record<keyof ApiRoutes, string>>> = {
  listApplications: 'list applications',
  getApplication: 'open an application',
  getObject: 'open an object',
  listEvents: 'read events',
  readLogs: 'read logs',
  plan: 'plan an application',
  apply: 'apply an application',
  rollback: 'pin a release',
  pause: 'pause an application',
  resume: 'resume an application',
  deleteApplication: 'delete an application',
  listTenants: 'list tenants',
  getTenant: 'open a tenant',
  planTenant: 'plan a tenant',
  applyTenant: 'apply a tenant',
  planOffboarding: 'plan an offboarding',
  deleteTenant: 'offboard a tenant',
  listAudit: 'read the audit trail',
  listClusters: 'list clusters',
};

/** What was asked, in words: `apply an application`; the id itself where this version knows no words for it. */
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
