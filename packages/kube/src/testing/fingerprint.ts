import { createHash } from 'node:crypto';
import { KubeObject } from '../objects';

/** One hash of a set of objects, whatever their order: equal hashes mean equal caches. */
export function fingerprint(objects: readonly KubeObject[]): string {
  const lines = objects.map(object => {
    const { namespace = '', name } = object.metadata;
    return `${namespace}/${name} ${JSON.stringify(object)}`;
  });
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
