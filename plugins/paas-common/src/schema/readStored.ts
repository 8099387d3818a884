import { ApplicationSpec } from './Application';
import { applicationSpecSchema } from './applicationSchema';
import { ApplicationStatus } from './ApplicationStatus';
import { applicationStatusSchema } from './statusSchema';
import { TenantStatus } from './TenantStatus';
import { tenantStatusSchema } from './tenantStatusSchema';

/** The status of a stored Application, or undefined when there is none that this version understands. */
export function readStatus(value: unknown): ApplicationStatus | undefined {
  return applicationStatusSchema.safeParse(value).data;
}

/**
 * The specification of a stored Application, or a sentence about the first thing that this version does not
 * understand. For what people write there is `checkApplication`, which explains everything that is wrong.
 */
export function readSpec(
  value: unknown,
):
  | { readonly ok: true; readonly spec: ApplicationSpec }
  | { readonly ok: false; readonly problem: string } {
  const parsed = applicationSpecSchema.safeParse(value);
  if (parsed.success) return { ok: true, spec: parsed.data };
  const [issue] = parsed.error.issues;
  const path = ['spec', ...(issue?.path ?? [])].join('.');
  return {
    ok: false,
    problem: `The specification is not valid: ${path}: ${issue?.message}`,
  };
}

/** The status of a stored Tenant, or undefined when there is none that this version understands. */
export function readTenantStatus(value: unknown): TenantStatus | undefined {
  return tenantStatusSchema.safeParse(value).data;
}
