import { ownerRef } from '../api/applicationRef';
import { fieldModel, Field } from '../schema/fieldModel';
import { TenantSpec } from '../schema/Tenant';
import { tenantSpecSchema } from '../schema/tenantSchema';
import { CheckedFields } from './checkResource';
import { explainIssue } from './explainIssue';
import { isWithin } from './fieldPath';
import { oncePerPlace } from './finding';
import { checkTenantRules } from './rules/tenantRules';

let model: Field | undefined;

/** The model of a tenant's `spec`, made when first needed. */
export function tenantSpecModel(): Field {
  model ??= fieldModel(tenantSpecSchema, 'spec');
  return model;
}

function explainFields(spec: unknown): CheckedFields<TenantSpec> {
  const parsed = tenantSpecSchema.safeParse(spec);
  if (parsed.success) return { findings: [], spec: normalised(parsed.data) };
  const findings = parsed.error.issues.flatMap(issue =>
    explainIssue(issue, {
      model: tenantSpecModel(),
      document: spec,
      base: ['spec'],
    }),
  );
  return { findings: oncePerPlace(findings) };
}

/** References in the one form in which they are compared, and in which the cluster knows them. */
function normalised(spec: TenantSpec): TenantSpec {
  return {
    ...spec,
    owner: ownerRef(spec.owner),
    members: spec.members.map(({ group, user, role }) => ({
      ...(group !== undefined && { group: wholeRef('group', group) }),
      ...(user !== undefined && { user: wholeRef('user', user) }),
      role,
    })),
  };
}

function wholeRef(kind: 'group' | 'user', text: string): string {
  return ownerRef(text.includes(':') ? text : `${kind}:${text}`);
}

/** Everything wrong with a tenant's `spec`, fields and rules over several of them together. Paths begin with `spec`. */
export function checkTenantSpec(
  spec: unknown,
  name: string | undefined,
): CheckedFields<TenantSpec> {
  const fields = explainFields(spec);
  const rules = checkTenantRules(spec, { name, parsed: fields.spec });
  const findings = [
    ...fields.findings,
    ...rules.filter(
      rule =>
        !fields.findings.some(
          ({ path }) => isWithin(rule.path, path) && path.length > 1,
        ),
    ),
  ];
  return { findings, ...(fields.spec && { spec: fields.spec }) };
}
