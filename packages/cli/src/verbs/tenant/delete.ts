import {
  ANNOTATION_CONFIRM_DELETE,
  isOfTenant,
  offboardedVolumes,
  OffboardedVolume,
  Tenant,
} from '@understage/plugin-paas-common';
import { PlannedTenant, tenantType } from '@understage/plugin-paas-node';
import { z } from 'zod';
import { refusalOf } from '../../cluster/describeOutcome';
import { applications } from '../../cluster/resourceTypes';
import {
  getTenant,
  LiveTenant,
  planTenantLive,
  TenantPlace,
} from '../../cluster/tenants';
import { CliFailure, exitCodes } from '../../exitCodes';
import { printTenantPlan } from '../../output/printPlan';
import { defineVerb } from '../../Verb';
import { FIELD_MANAGER } from '../apply';

async function printInventory(
  { tenant }: LiveTenant,
  planned: PlannedTenant,
  { context, connection }: TenantPlace,
): Promise<void> {
  const { out, world } = context;
  const { uid = '' } = tenant.metadata;
  // By uid: one that the tenant only asks for is somebody else's, and stays whatever happens.
  const namespaces = [...planned.observed.namespaces.values()]
    .filter(namespace => isOfTenant(namespace, uid))
    .map(({ metadata }) => metadata.name)
    .sort();
  const lists = await Promise.all(
    namespaces.map(namespace =>
      connection.cluster.list(applications, {
        namespace,
        signal: world.signal,
      }),
    ),
  );
  const running = lists.flatMap(({ items }) => items);
  const volumes = offboardedVolumes(tenant, planned.observed);
  const goes = tenant.spec.deletionPolicy === 'Delete';
  out.line({ text: `tenant ${tenant.metadata.name}`, tone: 'strong' });
  if (planned.problems.length > 0) out.line('Not all of it could be read.');
  else if (namespaces.length === 0) out.line('It has no namespaces.');
  else if (goes)
    out.line(`Goes: ${namespaces.join(', ')}, with everything in it.`);
  else
    out.line(
      `Stays: ${namespaces.join(
        ', ',
      )}. Nobody works there for the tenant any more.`,
    );
  out.line(counted(running.length, 'application'));
  for (const { metadata } of running) {
    out.line(`  ${metadata.namespace}/${metadata.name}`);
  }
  out.line(counted(volumes.length, 'volume'));
  if (volumes.length > 0) printVolumes(volumes, context, goes);
  printTenantPlan(planned, context);
}

/** What will be once it was confirmed: that is what is asked about. */
function asConfirmed(tenant: Tenant): Tenant {
  const { name, annotations } = tenant.metadata;
  return {
    ...tenant,
    metadata: {
      ...tenant.metadata,
      annotations: { ...annotations, [ANNOTATION_CONFIRM_DELETE]: name },
    },
  };
}

const counted = (count: number, one: string) =>
  `${count} ${count === 1 ? one : `${one}s`}`;

function printVolumes(
  volumes: readonly OffboardedVolume[],
  { out }: TenantPlace['context'],
  goes: boolean,
): void {
  out.table(
    ['VOLUME', 'CLAIM', 'SIZE', 'CLASS', 'BECOMES'],
    volumes.map(({ name, claim, capacity, storageClass, reclaimPolicy }) => [
      name,
      claim ?? '-',
      capacity,
      storageClass ?? '-',
      goes && reclaimPolicy === 'Delete'
        ? { text: 'deleted, with its data', tone: 'bad' }
        : 'kept',
    ]),
  );
}

/** True when the name was typed, or given with `--yes`. */
async function confirmed(
  name: string,
  yes: string | undefined,
  { context }: TenantPlace,
): Promise<boolean> {
  if (yes !== undefined) {
    if (yes === name) return true;
    throw new CliFailure(
      exitCodes.problem,
      `--yes names ${yes}, and the tenant is ${name}; nothing was done.`,
    );
  }
  const { stdin } = context.world;
  if (!stdin.isTTY) {
    throw new CliFailure(
      exitCodes.problem,
      `There is no terminal to ask on: say --yes ${name}.`,
    );
  }
  const typed = await stdin.ask(`Type the name of the tenant to offboard it: `);
  return typed.trim() === name;
}

/** What the API server wants to see before it lets go of a tenant that takes its namespaces along. */
async function annotate(name: string, { connection }: TenantPlace) {
  const outcome = await connection.cluster
    .writer({ fieldManager: 'paas-cli-offboard' })
    .apply(
      {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Tenant',
        metadata: { name, annotations: { [ANNOTATION_CONFIRM_DELETE]: name } },
      },
      { type: tenantType, force: true },
    );
  if (outcome.kind !== 'written') {
    throw refusalOf(`Confirming the end of ${name}`, outcome, connection);
  }
}

async function offboard(
  { tenant, object }: LiveTenant,
  place: TenantPlace,
): Promise<void> {
  const { name } = tenant.metadata;
  const { uid = '' } = object.metadata;
  if (tenant.spec.deletionPolicy === 'Delete') await annotate(name, place);
  const outcome = await place.connection.cluster
    .writer({ fieldManager: FIELD_MANAGER })
    .delete(tenantType, { name }, { uid, propagation: 'Background' });
  if (outcome.kind !== 'deleted' && outcome.kind !== 'absent') {
    throw refusalOf(`Deleting tenant ${name}`, outcome, place.connection);
  }
}

export const deleteTenant = defineVerb({
  name: 'delete',
  operands: [{ syntax: '<name>', help: 'tenant' }],
  summary: 'Offboard a tenant; shows first what there is',
  description:
    'Offboard a tenant. Its applications and volumes are listed first. With deletionPolicy: Retain the namespaces stay and what runs goes on, without members; with Delete they go, with everything in them. `tenant export` keeps what was written.',
  examples: [
    ['paas tenant delete shop', 'Shows, then asks for the name'],
    ['paas tenant delete shop --yes shop', 'In a script'],
  ],
  options: [
    { flags: '-y, --yes <name>', help: 'do not ask; repeats the name' },
    { flags: '--dry-run', help: 'only show what there is and what would be' },
  ],
  schema: z.object({
    yes: z.string().optional(),
    dryRun: z.boolean().default(false),
  }),
  async run(context, { operands, options }) {
    const place = { context, connection: await context.connect() };
    const { signal } = context.world;
    const live = await getTenant(place.connection, operands[0], signal);
    const planned = await planTenantLive(asConfirmed(live.tenant), place, {
      offboard: true,
    });
    await printInventory(live, planned, place);
    if (planned.problems.length > 0) {
      throw new CliFailure(
        exitCodes.refused,
        'What it has could not be read completely, and it is not offboarded unseen: a platform engineer may. Nothing was done.',
      );
    }
    if (options.dryRun) return exitCodes.done;
    const { name } = live.tenant.metadata;
    if (!(await confirmed(name, options.yes, place))) {
      context.out.line('Nothing was done.');
      return exitCodes.done;
    }
    await offboard(live, place);
    context.out.line(`tenant ${name} is being offboarded`);
    return exitCodes.done;
  },
});
