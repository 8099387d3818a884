import { parseEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** Groups and people of the playground, as far as tests name them. */
const playgroundPeople = [
  'group:default/platform-engineers',
  ...['shop', 'data'].flatMap(team =>
    ['', '-admins', '-developers', '-viewers'].map(
      part => `group:default/team-${team}${part}`,
    ),
  ),
  ...['ada', 'grace', 'sam', 'vera', 'linus', 'dora', 'vito', 'otto'].map(
    name => `user:default/${name}`,
  ),
];

/** A catalog of which tests decide who is in it, and whether it answers. */
export function fillCatalog() {
  const catalog = {
    refs: playgroundPeople,
    /** What it does before it answers. */
    prepare: async () => {},
    /** How often it was asked for everybody. */
    readings: 0,
  };
  const service = catalogServiceMock.mock({
    async *streamEntities(request, options) {
      catalog.readings += 1;
      await catalog.prepare();
      const entities = catalog.refs.map(entityOf);
      yield* catalogServiceMock({ entities }).streamEntities(
        { ...request, pageSize: 5 },
        options,
      );
    },
  });
  return Object.assign(catalog, { service });
}

function entityOf(ref: string) {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind === 'user' ? 'User' : 'Group',
    metadata: { namespace, name },
  };
}
