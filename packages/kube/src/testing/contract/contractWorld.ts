import { KubeObject, ResourceType } from '../../objects';
import { Impersonation, KubeCluster, WriteOutcome } from '../../ports';

/** A cluster under test, and what a test must be able to arrange in it. */
export interface ContractWorld {
  readonly cluster: KubeCluster;
  /** Makes a namespace that nobody else uses; answers its name. */
  namespace(): Promise<string>;
  /** Makes a group whose members may read ConfigMaps of the namespace and do nothing else; answers a member. */
  readerOf(namespace: string): Promise<Impersonation>;
  /** Allows so many ConfigMaps in the namespace and no more. */
  limitConfigMaps(namespace: string, count: number): Promise<void>;
  /** Makes the cluster forget what it was before now. */
  forgetHistory(): Promise<void>;
  close(): Promise<void>;
}

/** The object that was written; fails the test when it was not. */
export function written(outcome: WriteOutcome): KubeObject {
  if (outcome.kind !== 'written') {
    throw new Error(`expected a write, got ${JSON.stringify(outcome)}`);
  }
  return outcome.object;
}

/** The object in the cluster; fails the test when there is none. */
export async function found(
  cluster: KubeCluster,
  type: ResourceType,
  key: { readonly namespace?: string; readonly name: string },
): Promise<KubeObject> {
  const object = await cluster.get(type, key);
  if (!object) throw new Error(`there is no ${type.kind} ${key.name}`);
  return object;
}
