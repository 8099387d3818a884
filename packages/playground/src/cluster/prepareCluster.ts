import type { BootstrapClient } from './bootstrapClient';
import { firstObjects } from './firstObjects';
import { simulatedNode } from './simulatedNodes';
import { waitFor } from './waitFor';

const READY_TIMEOUT_MS = 60_000;
const PARALLEL = 20;

async function inBatches<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += PARALLEL) {
    await Promise.all(items.slice(at, at + PARALLEL).map(work));
  }
}

/** Writes roles, the default storage class and the nodes. Repeating changes nothing. */
export async function prepareCluster(
  client: BootstrapClient,
  nodes: number,
): Promise<void> {
  await inBatches(firstObjects, ({ path, object }) =>
    client.apply(path, object),
  );
  const positions = Array.from({ length: nodes }, (_, index) => index + 1);
  await inBatches(positions, async position => {
    const node = simulatedNode(position);
    await client.apply(`/api/v1/nodes/${node.metadata.name}`, node);
    // Status is a resource of its own; written by the kubelet, which is us here.
    await client.apply(`/api/v1/nodes/${node.metadata.name}/status`, node);
  });
}

interface NodeList {
  readonly items: readonly {
    readonly spec: { readonly taints?: readonly unknown[] };
    readonly status: {
      readonly conditions?: readonly {
        readonly type: string;
        readonly status: string;
      }[];
    };
  }[];
}

/** Waits until that many nodes are Ready and nothing keeps pods from them. */
export async function waitForNodes(
  client: BootstrapClient,
  options: {
    readonly server: string;
    readonly count: number;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  await waitFor(
    async () => {
      const answer = await client.get(`${options.server}/api/v1/nodes`);
      if (answer.status !== 200) return false;
      const list: NodeList = JSON.parse(answer.body);
      const ready = list.items.filter(
        node =>
          !node.spec.taints?.length &&
          node.status.conditions?.some(
            condition =>
              condition.type === 'Ready' && condition.status === 'True',
          ),
      );
      return ready.length >= options.count;
    },
    {
      what: `${options.count} nodes to be ready`,
      timeoutMs: READY_TIMEOUT_MS,
      signal: options.signal,
    },
  );
}
