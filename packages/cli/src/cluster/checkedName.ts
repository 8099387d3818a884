import { CliFailure, exitCodes } from '../exitCodes';

/**
 * A name as Kubernetes allows it. Checked before it goes into a label selector, where a comma or `!` would ask for
 * something else.
 */
export function checkedName(name: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new CliFailure(
    exitCodes.problem,
    `"${name.slice(
      0,
      80,
    )}" is not a name: lower-case letters, digits and "-", at most 63 characters.`,
  );
}
