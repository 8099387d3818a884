import { checkApplication } from '../../../input';
import { Application } from '../../../schema/Application';

/** A valid Application from components and dependencies as a user would write them; fails the test on any problem. */
export function applicationOf(
  spec: {
    readonly components: readonly Readonly<Record<string, unknown>>[];
    readonly dependencies?: readonly unknown[];
    readonly deletionPolicy?: string;
  },
  name: string = 'shop',
): Application {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name },
    spec,
  });
  if (!checked.ok) {
    throw new Error(
      `The test's application is not valid: ${checked.problems
        .map(problem => `${problem.path}: ${problem.message}`)
        .join('; ')}`,
    );
  }
  return checked.value;
}
