import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  canonicalJson,
  PaasClient,
  readTenants,
  Tenant,
  TenantBody,
  TenantDetail,
  TenantRef,
} from '@understage/plugin-paas-common';
import {
  ask,
  askFor,
  conflictOf,
  problemLine,
  refusedInput,
} from '../api/explainAnswers';
import { tenantReady } from '../progress/looks';
import {
  logPlan,
  Platform,
  StepContext,
  tenantOutputs,
  waitIfAsked,
  Waiting,
} from './platform';

/** What of an action's context is used to write a tenant. */
export interface TenantContext extends StepContext {
  readonly isDryRun?: boolean;
  checkpoint(options: {
    key: string;
    fn: () => Promise<{ changed: boolean }>;
  }): Promise<{ changed: boolean }>;
}

/** A tenant to write, and whether it has to be new or there. */
export interface TenantWriting extends Waiting {
  readonly body: TenantBody;
  readonly to: 'create' | 'update';
}

/** The one Tenant of the input, checked before anybody is asked. */
function readInput({ tenant }: TenantBody): Tenant {
  const text = typeof tenant === 'string' ? tenant : JSON.stringify(tenant);
  const documents = readTenants(text);
  const problems = documents.flatMap(({ checked }) =>
    checked.ok ? [] : checked.problems,
  );
  if (problems.length > 0) throw refusedInput(problems);
  const [first] = documents;
  if (documents.length !== 1 || !first.checked.ok) {
    throw refusedInput([
      {
        path: '',
        message: `The step writes exactly one Tenant; found ${documents.length} documents.`,
      },
    ]);
  }
  return first.checked.value;
}

/** A tenant that is to be new may be there only as a rerun finds it. */
function checkBefore(
  to: TenantWriting['to'],
  tenant: Tenant,
  found: TenantDetail | undefined,
): void {
  const { name } = tenant.metadata;
  if (to === 'update' && !found) {
    throw new NotFoundError(
      `There is no tenant ${name}, or it is not yours to see; paas:tenant:create makes one.`,
    );
  }
  const differs =
    found && canonicalJson(found.spec) !== canonicalJson(tenant.spec);
  if (to === 'create' && differs) {
    throw new ConflictError(
      `There is another tenant ${name}; choose another name, or change it with paas:tenant:update.`,
    );
  }
}

async function planIt(
  client: PaasClient,
  ctx: TenantContext,
  body: TenantBody,
): Promise<void> {
  const plan = await ask(client.planTenant(body, { signal: ctx.signal }));
  if (plan.kind === 'invalid') throw refusedInput(plan.problems);
  plan.warnings.forEach(warning => ctx.logger.warn(problemLine(warning)));
  logPlan(ctx, plan);
}

async function applyIt(
  client: PaasClient,
  ctx: TenantContext,
  body: TenantBody,
): Promise<{ changed: boolean }> {
  const answer = await ask(client.applyTenant(body, { signal: ctx.signal }));
  if (answer.kind === 'invalid') throw refusedInput(answer.problems);
  if (answer.kind === 'conflict') throw conflictOf(answer);
  answer.warnings.forEach(warning => ctx.logger.warn(problemLine(warning)));
  return { changed: answer.changed };
}

/** Applies a Tenant (or plans it, in a dry run) as whoever runs the template, and follows it until it is Ready. */
export async function writeTenant(
  platform: Platform,
  ctx: TenantContext,
  { body, to, ...waiting }: TenantWriting,
) {
  const { logger, signal } = ctx;
  const client = platform.connect(() => ctx.getInitiatorCredentials());
  const tenant = readInput(body);
  const { name } = tenant.metadata;
  const ref: TenantRef = { cluster: body.cluster, name };
  const check = async () =>
    checkBefore(to, tenant, await askFor(client.getTenant(ref, { signal })));
  if (ctx.isDryRun) {
    await check();
    await planIt(client, ctx, body);
    return undefined;
  }
  const { changed } = await ctx.checkpoint({
    key: 'apply',
    fn: async () => {
      await check();
      return applyIt(client, ctx, body);
    },
  });
  const said = `Tenant ${name} in ${body.cluster}`;
  logger.info(
    changed ? `${said} was written.` : `${said} is as asked already.`,
  );
  await waitIfAsked(waiting, ctx, {
    what: `tenant ${name} to be Ready, its isolation proven`,
    look: tenantReady(client, ref, signal),
  });
  return { ...tenantOutputs(ref, platform), changed };
}
