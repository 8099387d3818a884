import fc from 'fast-check';
import { stringify } from 'yaml';
import { ChartOutcome, Desired } from '../desired';
import { kindOf } from '../kinds';
import { refKey, refOf } from '../kubernetes';
import { LABEL_APPLICATION, LABEL_COMPONENT } from '../labels';
import { podTemplateOf } from '../charts/podTemplates';
import { recordAt } from '../jsonValue';
import { selects } from '../policies/selectors';
import { renderApplication } from './renderApplication';
import { applicationOf } from './testing/applicationOf';
import { arbitraryApplication } from './testing/arbitraryApplication';
import { resolveContext } from './testing/resolveContext';

function bytes(desired: Desired): string {
  return JSON.stringify(desired);
}

describe('renderApplication, for any application,', () => {
  it('gives the same bytes when it renders again', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        expect(bytes(renderApplication(application, context))).toBe(
          bytes(
            renderApplication(
              structuredClone(application),
              structuredClone(context),
            ),
          ),
        );
      }),
    );
  });

  it('does not change what it is given', () => {
    fc.assert(
      fc.property(arbitraryApplication, input => {
        const before = JSON.stringify(input);
        renderApplication(input.application, input.context);
        expect(JSON.stringify(input)).toBe(before);
      }),
    );
  });

  it('blocks nothing and refuses nothing when all is well', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const { components, refusals } = renderApplication(
          application,
          context,
        );
        expect(refusals).toEqual([]);
        expect(components.filter(({ blocked }) => blocked)).toEqual([]);
      }),
    );
  });

  it('renders each object once, in its namespace, of an allowed kind, in order, with its labels', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const { objects } = renderApplication(application, context);
        const keys = objects.map(({ object }) => refKey(refOf(object)));
        expect(new Set(keys).size).toBe(keys.length);
        const orders = objects.map(
          ({ object }) => kindOf(object.apiVersion, object.kind)?.order ?? -1,
        );
        expect(orders).toEqual([...orders].sort((a, b) => a - b));
        expect(orders).not.toContain(-1);
        for (const { object, component } of objects) {
          expect(object.metadata.namespace).toBe('shop');
          expect(object.metadata.labels).toMatchObject({
            [LABEL_APPLICATION]: 'shop',
            [LABEL_COMPONENT]: component,
            'app.kubernetes.io/managed-by': 'understage',
            'app.kubernetes.io/part-of': 'shop',
          });
        }
      }),
    );
  });

  it('renders workloads that select their own pods', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const { objects } = renderApplication(application, context);
        const astray = objects.filter(({ object }) => {
          const template = podTemplateOf(object);
          const { selector } = recordAt(object, 'spec');
          return (
            template !== undefined &&
            selector !== undefined &&
            !selects(selector, template.labels)
          );
        });
        expect(astray).toEqual([]);
      }),
    );
  });

  it('gives each caller a host that is a rendered Service with that port', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const { edges, objects } = renderApplication(application, context);
        for (const edge of edges) {
          const host =
            edge.to.kind === 'component' ? edge.to.host ?? edge.to.service : '';
          const service = objects.find(
            ({ object }) =>
              object.kind === 'Service' && object.metadata.name === host,
          );
          const { ports } = recordAt(service?.object, 'spec');
          expect(ports).toContainEqual(
            expect.objectContaining({ port: edge.port }),
          );
        }
      }),
    );
  });

  it('lists in each component exactly the objects that carry its name', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const { components, objects } = renderApplication(application, context);
        const listed = components.flatMap(component =>
          component.objects.map(ref => `${component.name} ${refKey(ref)}`),
        );
        expect(listed.sort()).toEqual(
          objects
            .map(
              ({ object, component }) =>
                `${component} ${refKey(refOf(object))}`,
            )
            .sort(),
        );
      }),
    );
  });

  it('holds nothing that YAML or JSON could not say', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        for (const { object } of renderApplication(application, context)
          .objects) {
          expect(JSON.parse(JSON.stringify(object))).toStrictEqual(object);
          expect(stringify(object)).not.toContain('undefined');
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('renderApplication, whatever a chart renders,', () => {
  const fields = [
    'apiVersion',
    'kind',
    'metadata',
    'spec',
    'template',
    'containers',
    'ports',
    'labels',
    'name',
    'items',
    'rules',
    'volumes',
    'annotations',
    'selector',
    'securityContext',
  ];
  const kinds = [
    'Deployment',
    'Service',
    'Ingress',
    'HTTPRoute',
    'StatefulSet',
    'CronJob',
    'List',
    'Secret',
    'PersistentVolumeClaim',
    'ClusterRole',
    '__proto__',
  ];
  const versions = [
    'v1',
    'apps/v1',
    'batch/v1',
    'networking.k8s.io/v1',
    'gateway.networking.k8s.io/v1',
    'x',
  ];
  const tree = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, true, 0, 80, '', 'x', 'ClusterIP', -1, 70000),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 5 }),
    ),
  })).value;
  const object = fc.record({
    apiVersion: fc.constantFrom(...versions),
    kind: fc.constantFrom(...kinds),
    metadata: fc.oneof(fc.record({ name: fc.string() }), tree),
    spec: tree,
    items: fc.array(tree, { maxLength: 2 }),
  });

  it('answers, and a refused chart blocks its component alone', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), objects => {
        // What stands in a chart is whatever helm printed: the type is a promise that nobody kept.
        const rendered: ChartOutcome = JSON.parse(
          JSON.stringify({
            kind: 'rendered',
            chart: { chart: 'c', version: '1', digest: 'd', objects },
          }),
        );
        const application = applicationOf({
          components: [
            {
              name: 'web',
              type: 'Deployment',
              image: 'web:1',
              ports: [{ port: 80 }],
            },
            { name: 'chart', type: 'HelmChart', chart: 'a/b' },
          ],
        });
        const desired = renderApplication(
          application,
          resolveContext({ charts: { chart: rendered } }),
        );
        const [web, chart] = desired.components;
        expect(web.blocked).toBeUndefined();
        expect(chart.blocked === undefined).toBe(chart.objects.length > 0);
      }),
      { numRuns: 500 },
    );
  });
});
