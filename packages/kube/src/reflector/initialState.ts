import { KubeObject, ResourceType } from '../objects';
import { KubeReader, ListOptions } from '../ports';
import { storeKey } from './objectStore';

const PAGE_SIZE = 500;

/** Everything that is to be watched, at one version. */
export interface InitialState {
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly resourceVersion: string;
}

/**
 * The state by pages of 500. No `resourceVersion` is sent, so that the answer is the most recent state: `0` would be cheaper
 * for old servers, but may answer with the past, and lets the server ignore the limit.
 */
export async function listInPages(
  reader: KubeReader,
  type: ResourceType,
  options: ListOptions & {
    readonly project: (object: KubeObject) => KubeObject;
  },
): Promise<InitialState> {
  const { project, ...query } = options;
  const objects = new Map<string, KubeObject>();
  let next: string | undefined;
  let resourceVersion: string;
  do {
    const page = await reader.listPage(type, {
      ...query,
      limit: PAGE_SIZE,
      continue: next,
    });
    for (const item of page.items) {
      const kept = project(item);
      objects.set(storeKey(kept.metadata), kept);
    }
    ({ resourceVersion } = page);
    next = page.continue;
  } while (next !== undefined);
  return { objects, resourceVersion };
}
