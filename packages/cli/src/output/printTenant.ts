import {
  QuotaMeter,
  TenantCheck,
  TenantEnvironmentStatus,
  TenantState,
} from '@understage/plugin-paas-common';
import { LiveTenant } from '../cluster/tenants';
import { age } from './age';
import { Piece, Printer, Tone } from './Printer';

/** How a tenant's state is meant; the word itself always stands beside the colour. */
export const tenantTone: Readonly<Record<TenantState, Tone>> = {
  Ready: 'good',
  Progressing: 'accent1',
  Offboarding: 'accent1',
  Degraded: 'warn',
  Unknown: 'warn',
  Failed: 'bad',
};

const checkTone: Readonly<Record<TenantCheck['result'], Tone>> = {
  enforced: 'good',
  notEnforced: 'bad',
  unknown: 'warn',
};

const words: Readonly<Record<TenantCheck['result'], string>> = {
  enforced: 'refused',
  notEnforced: 'LET THROUGH',
  unknown: 'unknown',
};

/** State as a piece; a tenant without a report is one that the operator has not seen. */
export function stateOf({ status }: LiveTenant): Piece {
  const state = status?.state ?? 'Unknown';
  return { text: state, tone: tenantTone[state] };
}

/** `18/18`: checks that hold of all. */
export function checksText(
  environments: readonly TenantEnvironmentStatus[],
): string {
  const checks = environments.flatMap(each => each.checks);
  const held = checks.filter(({ result }) => result === 'enforced');
  return checks.length === 0 ? '-' : `${held.length}/${checks.length}`;
}

function shareText({ share }: QuotaMeter): Piece {
  if (share === undefined) return '-';
  const text = `${Math.round(share * 100)} %`;
  if (share >= 0.95) return { text, tone: 'bad' };
  return share >= 0.8 ? { text, tone: 'warn' } : text;
}

/** What `tenant get` shows of one environment. */
export interface ShownEnvironment {
  readonly status: TenantEnvironmentStatus;
  /** Absent when the quota could not be read. */
  readonly quota?: readonly QuotaMeter[];
}

function printEnvironment(
  { status, quota }: ShownEnvironment,
  out: Printer,
): void {
  out.line();
  out.line(
    { text: status.name, tone: 'strong' },
    `  namespace ${status.namespace}  `,
    { text: status.state, tone: tenantTone[status.state] },
    `  ${status.message}`,
  );
  if (quota && quota.length > 0) {
    out.table(
      ['QUOTA', 'USED', 'OF', 'SHARE'],
      quota.map(meter => [
        meter.resource,
        meter.used,
        meter.hard,
        shareText(meter),
      ]),
    );
  }
  if (status.checks.length > 0) {
    out.table(
      ['ISOLATION', 'TRIED', 'RESULT', 'EVIDENCE'],
      status.checks.map(check => [
        check.dimension,
        check.title,
        {
          text: check.by
            ? `${words[check.result]} by ${check.by}`
            : words[check.result],
          tone: checkTone[check.result],
        },
        { text: check.evidence, tone: 'quiet' },
      ]),
    );
  }
}

/** One tenant, whole: how it is, who is in it, what it uses and what keeps it apart. */
export function printTenant(
  live: LiveTenant,
  environments: readonly ShownEnvironment[],
  { out, now }: { readonly out: Printer; readonly now: Date },
): void {
  const { tenant, status } = live;
  out.line({ text: tenant.metadata.name, tone: 'strong' }, '  ', stateOf(live));
  out.line(status?.message ?? 'The operator has not seen it yet.');
  out.line(`owner    ${tenant.spec.owner}`);
  out.line(`age      ${age(tenant.metadata.creationTimestamp, now)}`);
  if (tenant.spec.members.length > 0) {
    out.line();
    out.table(
      ['MEMBER', 'ROLE'],
      tenant.spec.members.map(({ group, user, role }) => [
        group ?? user ?? '',
        role,
      ]),
    );
  }
  environments.forEach(environment => printEnvironment(environment, out));
  for (const { reason, message } of status?.notices ?? []) {
    out.line({ text: `${reason} `, tone: 'warn' }, message);
  }
}
