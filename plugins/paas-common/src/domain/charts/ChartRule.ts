import { KubeObject } from '../kubernetes';
import { Reason } from '../reasons';

/** What a rule may know besides the object. */
export interface ChartRuleScope {
  readonly namespace: string;
  /** Names of the service accounts that the chart itself renders. */
  readonly serviceAccounts: ReadonlySet<string>;
  /** Everything that the chart renders, as `refKey` of a reference without a namespace. */
  readonly rendered: ReadonlySet<string>;
  /** Domains below which hosts may be; absent where there is no limit. */
  readonly domains?: readonly string[];
}

/** One thing that an object may not be or do: a sentence's end, after the object's name. */
export interface Violation {
  readonly reason: Reason;
  readonly message: string;
}

/** One rule that chart objects are held to. Registered in `chartRules.ts`. Must not throw, whatever the object is. */
export type ChartRule = (
  object: KubeObject,
  scope: ChartRuleScope,
) => readonly Violation[];
