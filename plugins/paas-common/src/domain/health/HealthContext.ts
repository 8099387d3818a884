import { KubeObject } from '../kubernetes';
import { ObjectGraph } from './ObjectGraph';
import { WarningIndex } from './WarningIndex';

/** What judging one object looks up. */
export interface HealthContext {
  readonly graph: ObjectGraph;
  readonly warnings: WarningIndex;
  /** Volume claims by name. */
  readonly claims: ReadonlyMap<string, KubeObject>;
  /** Nodes by name, all there are; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly now: Date;
}

/** Prepares the look-ups over the objects of one application. */
export function healthContext(values: {
  readonly objects: readonly KubeObject[];
  readonly events: readonly KubeObject[];
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly now: Date;
}): HealthContext {
  const { objects, events, nodes, now } = values;
  // The Application owns everything; with it among the objects there would be one root only.
  const children = objects.filter(object => object.kind !== 'Application');
  const claims = children.filter(
    object => object.kind === 'PersistentVolumeClaim',
  );
  return {
    graph: new ObjectGraph(children),
    warnings: new WarningIndex(events, now),
    claims: new Map(claims.map(claim => [claim.metadata.name, claim])),
    ...(nodes === undefined ? {} : { nodes }),
    now,
  };
}
