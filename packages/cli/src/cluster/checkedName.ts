import { CliFailure, exitCodes } from '../exitCodes';

/**
 * A name as Kubernetes allows it. Checked before it goes into a label selector, where a comma or `!` would ask for
 * something else, and before a namespace is asked for. `flag` is where it came from.
 */
export function checkedName(name: string, flag?: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new CliFailure(
    exitCodes.problem,
    `${flag === undefined ? '' : `${flag}: `}"${name.slice(
      0,
      80,
    )}" is not a name: lower-case letters, digits and "-", at most 63 characters.`,
  );
}
