import { KubeObject } from '@understage/kube';
import { tenantNamespaces } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { applications } from '../../cluster/resourceTypes';
import { getTenant } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { toYamlStream } from '../../output/structured';
import { defineVerb } from '../../Verb';

/** What a person wrote, without what the cluster added. */
function asWritten({ apiVersion, kind, metadata, spec }: KubeObject): object {
  const { name, namespace, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(labels ? { labels } : {}),
    },
    spec,
  };
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
    const { cluster } = connection;
    const { signal } = world;
    const { object, tenant } = await getTenant(connection, operands[0], signal);
    const lists = await Promise.all(
      tenantNamespaces(tenant).map(({ namespace }) =>
        cluster.list(applications, { namespace, signal }),
      ),
    );
    const all = [object, ...lists.flatMap(({ items }) => items)];
    out.document(toYamlStream(all.map(asWritten)));
    return exitCodes.done;
  },
});
