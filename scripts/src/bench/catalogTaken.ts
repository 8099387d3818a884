import { signIn } from '../stack/portalApi';
import { waitFor } from '../stack/waitFor';

const COMPONENTS =
  '/api/catalog/entities/by-query?limit=0&filter=kind=component';

function totalOf(answer: unknown): number {
  const total =
    typeof answer === 'object' && answer !== null
      ? Reflect.get(answer, 'totalItems')
      : undefined;
  return typeof total === 'number' ? total : 0;
}

/**
 * Waits until the catalog has taken in one component for each application: a portal is warm only then, since the
 * catalog works through new entities in the process that answers the reads.
 */
export async function catalogTaken(
  url: string,
  applications: number,
): Promise<void> {
  const portal = await signIn(url);
  await waitFor(
    async () => {
      const total = totalOf(await portal.get(COMPONENTS));
      if (total >= applications) return total;
      throw new Error(`${total} of ${applications} components`);
    },
    {
      what: 'the catalog to take in every application',
      timeoutMs: 600_000,
      intervalMs: 1000,
    },
  );
}
