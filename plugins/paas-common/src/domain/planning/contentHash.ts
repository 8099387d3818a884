import { canonicalJson } from '../naming/canonicalJson';
import { stableHash } from '../naming/stableHash';

/** A hash over a JSON value, whatever the order of its keys: tells "same as what we sent" from "changed". */
export function contentHash(value: unknown): string {
  return stableHash(canonicalJson(value));
}

/** True when two JSON values say the same, whatever the order of their keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || canonicalJson(left) === canonicalJson(right);
}
