import { KubeError, KubeObject } from '@understage/kube';
import {
  asWritten,
  isOfTenant,
  tenantNamespaces,
} from '@understage/plugin-paas-common';
import { z } from 'zod';
import { Connection } from '../../CliWorld';
import {
  applications,
  namespaces,
  resourceQuotas,
} from '../../cluster/resourceTypes';
import { getTenant, LiveTenant } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { toYamlStream } from '../../output/structured';
import { defineVerb } from '../../Verb';

/** What says whose a namespace is: itself, or its quota for members, who may not read namespaces. */
async function markedObjectOf(
  namespace: string,
  cluster: Connection['cluster'],
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return await cluster.get(namespaces, { name: namespace }, { signal });
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403) throw error;
    const key = { namespace, name: 'understage-quota' };
    return cluster.get(resourceQuotas, key, { signal });
  }
}

/** Applications of the tenant's namespaces; one that it only asks for is another's, and so is what runs there. */
async function applicationsOf(
  { tenant, object }: LiveTenant,
  { cluster }: Connection,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const { uid = '' } = object.metadata;
  const lists = await Promise.all(
    tenantNamespaces(tenant).map(async ({ namespace }) => {
      const marked = await markedObjectOf(namespace, cluster, signal);
      if (!marked || !isOfTenant(marked, uid)) return [];
      return (await cluster.list(applications, { namespace, signal })).items;
    }),
  );
  return lists.flat();
}

export const exportTenant = defineVerb({
  name: 'export',
  operands: [{ syntax: '<name>', help: 'tenant' }],
  summary: 'Print a tenant and its applications as one file',
  description:
    'Print a tenant and all its applications as one YAML file, from which both can be made again. Secrets and the data of volumes are not in it.',
  examples: [['paas tenant export shop > shop.yaml', 'Before offboarding it']],
  options: [],
  schema: z.object({}),
  async run({ connect, world, out }, { operands }) {
    const connection = await connect();
    const { signal } = world;
    const live = await getTenant(connection, operands[0], signal);
    const running = await applicationsOf(live, connection, signal);
    out.document(toYamlStream([live.object, ...running].map(asWritten)));
    return exitCodes.done;
  },
});
