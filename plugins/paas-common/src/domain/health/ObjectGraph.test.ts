import fc from 'fast-check';
import { KubeObject } from '../kubernetes';
import { LABEL_COMPONENT } from '../labels';
import { ObjectGraph } from './ObjectGraph';

interface Parts {
  readonly kind?: string;
  readonly owners?: readonly string[];
  readonly component?: string;
}

/** An object whose uid is its name. */
function object(name: string, parts: Parts = {}): KubeObject {
  const { kind = 'ConfigMap', owners = [], component } = parts;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      uid: name,
      ...(component !== undefined && {
        labels: { [LABEL_COMPONENT]: component },
      }),
      ownerReferences: owners.map(uid => ({
        apiVersion: 'v1',
        kind: 'Owner',
        name: uid,
        uid,
      })),
    },
  };
}

const names = (objects: readonly KubeObject[]) =>
  objects.map(({ metadata }) => metadata.name);

describe('the objects of an application as a graph', () => {
  const deployment = object('web', { kind: 'Deployment', component: 'web' });
  const set = object('web-1', { kind: 'ReplicaSet', owners: ['web'] });
  const pods = ['web-1-10', 'web-1-2', 'web-1-1'].map(name =>
    object(name, { kind: 'Pod', owners: ['web-1'] }),
  );
  const stray = object('stray', { kind: 'Pod', owners: ['gone'] });
  const graph = new ObjectGraph([...pods, stray, set, deployment]);

  it('has at its roots what nobody here owns', () => {
    expect(names(graph.roots)).toEqual(['web', 'stray']);
  });

  it('knows owners and children, and children of one kind', () => {
    expect(graph.parentOf(set)).toBe(deployment);
    expect(graph.parentOf(deployment)).toBeUndefined();
    expect(graph.parentOf(stray)).toBeUndefined();
    expect(names(graph.childrenOf(deployment))).toEqual(['web-1']);
    expect(names(graph.childrenOf(deployment, 'ReplicaSet'))).toEqual([
      'web-1',
    ]);
    expect(graph.childrenOf(deployment, 'Pod')).toEqual([]);
    expect(graph.childrenOf(stray)).toEqual([]);
  });

  it('finds pods through what lies in between, counted as people count', () => {
    expect(names(graph.podsOf(deployment))).toEqual([
      'web-1-1',
      'web-1-2',
      'web-1-10',
    ]);
    expect(graph.podsOf(stray)).toEqual([]);
  });

  it('takes the component of an object from the nearest owner that has one', () => {
    const named = object('own', { owners: ['web'], component: 'mine' });
    const other = new ObjectGraph([deployment, set, ...pods, named]);
    expect(pods.map(pod => other.componentOf(pod))).toEqual([
      'web',
      'web',
      'web',
    ]);
    expect(other.componentOf(named)).toBe('mine');
    expect(graph.componentOf(stray)).toBeUndefined();
  });

  it('goes by the first owner that is here', () => {
    const child = object('child', { owners: ['gone', 'b', 'a'] });
    const many = new ObjectGraph([object('a'), object('b'), child]);
    expect(many.parentOf(child)?.metadata.name).toBe('b');
    expect(names(many.childrenOf(object('a')))).toEqual([]);
  });

  it('does not take objects without a uid for the owners of each other', () => {
    const bare = (name: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
    });
    const without = new ObjectGraph([bare('a'), bare('b')]);
    expect(names(without.roots)).toEqual(['a', 'b']);
    expect(without.childrenOf(bare('a'))).toEqual([]);
  });

  describe('in which somebody made a ring of owners', () => {
    const alone = object('alone', { owners: ['alone'], kind: 'Pod' });
    const first = object('first', { owners: ['second'], kind: 'ReplicaSet' });
    const second = object('second', { owners: ['first'], kind: 'Deployment' });
    const pod = object('pod', { owners: ['second'], kind: 'Pod' });
    const ring = new ObjectGraph([alone, first, second, pod]);

    it('answers all the same, each pod once', () => {
      expect(names(ring.podsOf(first))).toEqual(['pod']);
      expect(names(ring.podsOf(second))).toEqual(['pod']);
      expect(ring.componentOf(first)).toBeUndefined();
    });

    it('does not count as its own child what names itself as its owner', () => {
      expect(ring.parentOf(alone)).toBeUndefined();
      expect(ring.childrenOf(alone)).toEqual([]);
      expect(names(ring.roots)).toEqual(['alone']);
    });
  });

  describe('whatever the owners', () => {
    const graphs = fc
      .array(
        fc.record({
          kind: fc.constantFrom('Pod', 'Job', 'ReplicaSet', 'Deployment'),
          owners: fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
        }),
        { maxLength: 10 },
      )
      .map(all =>
        all.map(({ kind, owners }, index) =>
          object(`o${index}`, { kind, owners: owners.map(each => `o${each}`) }),
        ),
      );

    it('answers, with every object under one owner at most, each pod once', () => {
      fc.assert(
        fc.property(graphs, objects => {
          const any = new ObjectGraph(objects);
          const held = [
            ...any.roots,
            ...objects.flatMap(each => any.childrenOf(each)),
          ];
          expect(names(held).sort()).toEqual(names(objects).sort());
          for (const each of objects) {
            const found = names(any.podsOf(each));
            expect(new Set(found).size).toBe(found.length);
            expect(any.componentOf(each)).toBeUndefined();
          }
        }),
      );
    });

    it('does not depend on the order in which the objects are told', () => {
      fc.assert(
        fc.property(
          graphs.chain(objects =>
            fc.tuple(
              fc.constant(objects),
              fc.shuffledSubarray([...objects], { minLength: objects.length }),
            ),
          ),
          ([objects, shuffled]) => {
            const one = new ObjectGraph(objects);
            const other = new ObjectGraph(shuffled);
            expect(names(other.roots)).toEqual(names(one.roots));
            for (const each of objects) {
              expect(names(other.podsOf(each))).toEqual(
                names(one.podsOf(each)),
              );
              expect(other.parentOf(each)).toBe(one.parentOf(each));
            }
          },
        ),
      );
    });
  });
});
