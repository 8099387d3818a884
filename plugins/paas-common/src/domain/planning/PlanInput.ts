import { Desired } from '../desired';
import { KubeObject } from '../kubernetes';
import { Snapshot } from '../snapshot';
import { Owner } from './ownership';

/** Everything that a plan depends on. */
export interface PlanInput {
  readonly desired: Desired;
  /** The Application by its uid. */
  readonly owner: Owner;
  /** Objects of the namespace, whole: those of this application, and those that stand at the names it wants. */
  readonly snapshot: Snapshot<KubeObject>;
  /**
   * Ingresses and HTTPRoutes of the whole cluster whose hosts overlap with those of `desired`, ours among them; of
   * others their metadata and hosts are enough. Absent where nobody asks for a host.
   */
  readonly claims?: readonly KubeObject[];
  /** Names of the components that are available now. */
  readonly available: ReadonlySet<string>;
  /** Keys (`refKey`) of further workloads whose replicas an autoscaler owns; those of the snapshot are found by themselves. */
  readonly autoscaled?: ReadonlySet<string>;
}
