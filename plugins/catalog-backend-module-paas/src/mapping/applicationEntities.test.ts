import {
  Entity,
  entityEnvelopeSchemaValidator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { readApplications } from '@understage/plugin-paas-common';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  applicationEntities,
  ApplicationSource,
  chooseOwner,
} from './applicationEntities';
import { resourceType } from './resourceType';

const examples = path.resolve(__dirname, '../../../../examples/applications');

const exampleFiles = readdirSync(examples, { recursive: true })
  .map(String)
  .filter(file => file.endsWith('.yaml'));

function entitiesOf(
  file: string,
  more: Partial<ApplicationSource> = {},
): Entity[] {
  const [{ checked }] = readApplications(
    readFileSync(path.join(examples, file), 'utf8'),
  );
  if (!checked.ok) throw new Error(checked.problems[0].message);
  return applicationEntities({
    application: checked.value,
    place: { namespace: 'shop' },
    ref: `playground/shop/${checked.value.metadata.name}`,
    tenant: 'shop',
    owner: 'group:default/team-shop',
    ...more,
  });
}

const byRef = (entities: Entity[]) =>
  new Map(entities.map(entity => [stringifyEntityRef(entity), entity]));

/** What the catalog itself would say. */
async function validate(entity: Entity) {
  const policy = EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]);
  entityEnvelopeSchemaValidator()(entity);
  await policy.enforce(entity);
}

describe('entities of an application', () => {
  it('are a System, a Component, a Resource and the edge between them for the seed file', () => {
    const entities = byRef(entitiesOf('user-service.yaml'));
    expect([...entities.keys()]).toEqual([
      'system:shop/user-service',
      'component:shop/user-service.frontend',
      'resource:shop/user-service.redis',
    ]);
    expect(entities.get('system:shop/user-service')?.spec).toEqual({
      owner: 'group:default/team-shop',
      domain: 'domain:default/shop',
    });
    expect(entities.get('component:shop/user-service.frontend')?.spec).toEqual({
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/team-shop',
      system: 'system:shop/user-service',
      dependsOn: ['resource:shop/user-service.redis'],
    });
    expect(entities.get('resource:shop/user-service.redis')?.spec).toEqual({
      type: 'cache',
      owner: 'group:default/team-shop',
      system: 'system:shop/user-service',
    });
  });

  it('carry what other plugins look for', () => {
    const location = 'understage:playground/shop/user-service';
    const entities = byRef(entitiesOf('user-service.yaml', { location }));
    const component = entities.get('component:shop/user-service.frontend');
    expect(component?.metadata.annotations).toEqual({
      'backstage.io/managed-by-location': location,
      'backstage.io/managed-by-origin-location': location,
      'backstage.io/kubernetes-id': 'user-service-frontend',
      'backstage.io/kubernetes-namespace': 'shop',
      'understage.dev/application': 'playground/shop/user-service',
      'understage.dev/component': 'frontend',
    });
  });

  it('hold an API for what is exposed, and a job for what runs by schedule', () => {
    const entities = byRef(entitiesOf('shop/checkout.yaml'));
    expect(
      entities.get('component:shop/checkout.api')?.spec?.providesApis,
    ).toEqual(['api:shop/checkout.api']);
    expect(entities.get('api:shop/checkout.api')?.spec).toMatchObject({
      type: 'http',
      definition: 'https://checkout.example.com/',
    });
    expect(entities.get('component:shop/checkout.settle')?.spec?.type).toBe(
      'job',
    );
    expect(entities.get('resource:shop/checkout.db')?.spec?.type).toBe(
      'database',
    );
    expect(entities.get('system:shop/checkout')?.metadata.links).toEqual([
      { title: 'Runbook', url: 'https://runbooks.example.com/checkout' },
    ]);
  });

  it('reach into other applications by what their components are', () => {
    const edges = (type: 'HelmChart' | undefined) =>
      byRef(entitiesOf('shop/catalogue.yaml', { foreignType: () => type })).get(
        'component:shop/catalogue.web',
      )?.spec?.dependsOn;
    expect(edges(undefined)).toContain('component:shop/checkout.api');
    expect(edges('HelmChart')).toContain('resource:shop/checkout.api');
  });

  it('of equal names in two namespaces and two clusters do not meet', () => {
    const places = [
      { namespace: 'shop' },
      { namespace: 'data' },
      { namespace: 'shop', cluster: 'eu' },
      { namespace: 'shop', cluster: 'us' },
    ];
    const refs = places.flatMap(place =>
      entitiesOf('user-service.yaml', { place }).map(stringifyEntityRef),
    );
    expect(new Set(refs).size).toBe(refs.length);
  });

  it.each([
    [
      ['a-b', 'c'],
      ['a', 'b-c'],
    ],
    [
      ['shop', 'api-x'],
      ['shop-api', 'x'],
    ],
  ])('of the components %j and %j do not meet', (...pair) => {
    const refs = pair.flatMap(([name, component]) =>
      sketch(name, component).map(stringifyEntityRef),
    );
    expect(new Set(refs).size).toBe(refs.length);
  });

  it.each(exampleFiles)('of %s are valid', async file => {
    for (const entity of entitiesOf(file)) {
      await expect(validate(entity)).resolves.toBeUndefined();
    }
  });

  it('are valid for the longest names, and still tell these apart', async () => {
    const long = 'a'.repeat(63);
    const entities = [
      ...sketch(long, `${'b'.repeat(62)}c`, 'production'),
      ...sketch(long, `${'b'.repeat(62)}d`, 'production'),
    ];
    for (const entity of entities)
      await expect(validate(entity)).resolves.toBeUndefined();
    expect(byRef(entities).size).toBe(3);
  });

  it('say nothing about state', () => {
    const text = JSON.stringify(entitiesOf('user-service.yaml'));
    expect(text).not.toMatch(/ready|replicas|resourceVersion/i);
  });
});

function sketch(name: string, component: string, cluster?: string): Entity[] {
  const [{ checked }] = readApplications(
    `apiVersion: paas/v1\nkind: Application\nmetadata: {name: ${name}}\nspec: {components: [{name: ${component}, type: Deployment}]}`,
  );
  if (!checked.ok) throw new Error(checked.problems[0].message);
  return applicationEntities({
    application: checked.value,
    place: cluster ? { namespace: 'shop', cluster } : { namespace: 'shop' },
    ref: `x/shop/${name}`,
    tenant: 'shop',
    owner: 'group:default/team-shop',
  });
}

describe('the type of a chart', () => {
  it.each([
    ['bitnami/redis', 'cache'],
    ['bitnami/postgresql-ha', 'database'],
    ['oci://registry.example.com/charts/rabbitmq', 'queue'],
    ['own/gateway', 'helm-chart'],
    ['redis', 'cache'],
  ])('%s is %s', (chart, type) => {
    expect(resourceType(chart)).toBe(type);
  });
});

describe('the owner of entities', () => {
  it.each([
    ['team-data', 'team-shop', 'group:default/team-shop'],
    ['team-data', undefined, 'group:default/team-data'],
    [undefined, 'team-shop', 'group:default/team-shop'],
    [undefined, undefined, 'group:default/nobody'],
  ])(
    'declared %s, in a namespace of %s, is %s: nobody gives theirs to another team',
    (declared, inherited, owner) => {
      expect(chooseOwner(declared, inherited, 'nobody')).toBe(owner);
    },
  );
});
