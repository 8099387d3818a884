import { OperatorWorld } from './createOperatorWorld';
import { killableCluster, SeenWrite } from './killableCluster';
import { waitFor } from './waitFor';

/** Something that operators are killed in the middle of. */
export interface Mortality {
  /** The tenant of the k-th attempt. */
  readonly nameOf: (index: number) => string;
  begin(tenant: string): Promise<unknown>;
  isOver(tenant: string): Promise<boolean>;
}

/** A write for this tenant, or for a volume that is named after it: not an event, nor what is only tried. */
const isFor =
  (tenant: string) =>
  ({ kind, dryRun, namespace, name }: SeenWrite): boolean => {
    if (dryRun || kind === 'Event') return false;
    const own = `understage:tenant:${tenant}`;
    return (
      [namespace, name].includes(tenant) ||
      `${name}:`.startsWith(`${own}:`) ||
      (kind === 'PersistentVolume' && name.startsWith(`${tenant}-`))
    );
  };

/** An operator that dies after its k-th write for a tenant. */
async function mortalOperator(
  world: OperatorWorld,
  { tenant, k }: { readonly tenant: string; readonly k: number },
) {
  let writes = 0;
  const counts = isFor(tenant);
  const running = await world.startOperator({
    through: cluster =>
      killableCluster(cluster, write => {
        if (!counts(write)) return false;
        writes += 1;
        return writes === k;
      }),
  });
  await running.leading();
  return { running, died: () => writes >= k };
}

/**
 * Lets operators die in the middle of something, one write later each time, until one lives to see the end. Answers with
 * how many attempts that took.
 */
export async function killAfterEachWrite(
  world: OperatorWorld,
  { nameOf, begin, isOver }: Mortality,
): Promise<number> {
  for (let k = 1; ; k += 1) {
    const tenant = nameOf(k);
    const mortal = await mortalOperator(world, { tenant, k });
    await begin(tenant);
    const end = await waitFor('the kill, or the end', async () => {
      if (mortal.died()) return 'killed';
      return (await isOver(tenant)) ? 'survived' : undefined;
    });
    await world.dropLease();
    await mortal.running.stop();
    if (end === 'survived') return k;
  }
}
