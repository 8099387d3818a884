import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { DeferredEntity } from '@backstage/plugin-catalog-node';

/** A change of what a provider provides. */
export interface EntityDelta {
  readonly added: DeferredEntity[];
  readonly removed: {
    readonly entityRef: string;
    readonly locationKey: string;
  }[];
}

interface Provided {
  readonly json: string;
  readonly locationKey: string;
}

/** What has been handed to the catalog, by who it came from: a delta holds what differs and nothing else. */
export class EntityMap {
  private readonly bySource = new Map<string, Map<string, Provided>>();

  /** Sets the entities of a source; none means that the source is gone. Answers what that changes. */
  replace(source: string, entities: readonly Entity[]): EntityDelta {
    const before = this.bySource.get(source) ?? new Map<string, Provided>();
    const after = new Map<string, Provided>();
    const added: DeferredEntity[] = [];
    for (const entity of entities) {
      const ref = stringifyEntityRef(entity);
      const json = JSON.stringify(entity);
      after.set(ref, { json, locationKey: source });
      if (before.get(ref)?.json !== json) {
        added.push({ entity, locationKey: source });
      }
    }
    const removed = [...before]
      .filter(([ref]) => !after.has(ref))
      .map(([entityRef, { locationKey }]) => ({ entityRef, locationKey }));
    if (after.size > 0) this.bySource.set(source, after);
    else this.bySource.delete(source);
    return { added, removed };
  }

  /** Forgets everything, before everything is provided anew. */
  clear(): void {
    this.bySource.clear();
  }

  sources(): readonly string[] {
    return [...this.bySource.keys()];
  }
}
