import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = path.resolve(__dirname, '../../../..');

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly memberOf?: readonly string[];
    readonly parent?: string;
    readonly children?: readonly string[];
  };
  readonly rules?: readonly {
    readonly resources: readonly string[];
    readonly resourceNames?: readonly string[];
  }[];
}

// Files of ours: what is not as described here fails the test that reads it.
const read = (file: string): Document[] =>
  parseAllDocuments(readFileSync(path.join(root, file), 'utf8')).map(document =>
    document.toJS(),
  );

const organisation = read('examples/org.yaml');
const refsOf = (kind: string) =>
  organisation
    .filter(document => document.kind === kind)
    .map(({ metadata: { name } }) => `${kind.toLowerCase()}:default/${name}`)
    .sort();
const groups = organisation.filter(({ kind }) => kind === 'Group');

describe('the people of the playground', () => {
  it.each([
    ['users', 'User'],
    ['groups', 'Group'],
  ])('are the %s that the portal may act as', (resource, kind) => {
    const rules = read('deploy/portal-rbac.yaml').flatMap(
      document => document.rules ?? [],
    );
    const listed = rules
      .filter(({ resources }) => resources.includes(resource))
      .flatMap(({ resourceNames = [] }) => resourceNames);
    expect([...listed].sort()).toEqual(
      refsOf(kind).map(ref => `understage:${ref}`),
    );
  });

  it('belong to groups that exist, and to the parents of these: groups of groups count for nobody', () => {
    const byName = new Map(groups.map(group => [group.metadata.name, group]));
    for (const { kind, metadata, spec } of organisation) {
      if (kind !== 'User') continue;
      for (const name of spec.memberOf ?? []) {
        const { parent } = byName.get(name)?.spec ?? {};
        expect([metadata.name, byName.has(name)]).toEqual([
          metadata.name,
          true,
        ]);
        if (parent) expect(spec.memberOf).toContain(parent);
      }
    }
  });

  it('are in groups whose parents and children name each other', () => {
    const down = groups.flatMap(({ metadata: { name }, spec }) =>
      (spec.children ?? []).map(child => `${child} in ${name}`),
    );
    const up = groups.flatMap(({ metadata: { name }, spec: { parent } }) =>
      parent ? [`${name} in ${parent}`] : [],
    );
    expect(down.sort()).toEqual(up.sort());
  });
});
