import { ComponentState } from '../../schema/ApplicationStatus';
import { Reason } from '../reasons';

/** Pods of a component: how many are asked for, serve, and run the newest template. */
export interface Replicas {
  readonly desired: number;
  readonly ready: number;
  readonly updated: number;
}

/** How one object does. `message` is one sentence without the object's name in front. */
export interface ObjectHealth {
  readonly state: ComponentState;
  readonly reason: Reason;
  readonly message: string;
  readonly replicas?: Replicas;
}

export interface ComponentHealth extends ObjectHealth {
  readonly name: string;
  readonly type: string;
}

/** How an application does: the worst of its components, and one sentence a developer can act on. */
export interface ApplicationHealth {
  readonly state: ComponentState;
  readonly reason: Reason;
  readonly message: string;
  readonly components: readonly ComponentHealth[];
}

const order: readonly ComponentState[] = [
  'Ready',
  'Paused',
  'Progressing',
  'Waiting',
  'Unknown',
  'Degraded',
  'Failed',
];

/** Orders states by how much they need attention: positive when `left` is worse. */
export function compareStates(
  left: ComponentState,
  right: ComponentState,
): number {
  return order.indexOf(left) - order.indexOf(right);
}

/** The worst of several; the first one among equals, undefined for none. */
export function worstOf<T extends { readonly state: ComponentState }>(
  all: readonly T[],
): T | undefined {
  let worst: T | undefined;
  for (const each of all) {
    if (!worst || compareStates(each.state, worst.state) > 0) worst = each;
  }
  return worst;
}
