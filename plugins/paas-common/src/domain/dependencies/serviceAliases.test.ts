import { Edge } from '../desired';
import { ServiceFront } from '../rendering/ComponentRenderer';
import {
  FrontedComponent,
  renderServices,
  ServiceNames,
} from './serviceAliases';

const own: ServiceFront = {
  service: 'shop-web',
  selector: { 'understage.dev/component': 'web' },
  ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }],
};

function component(
  name: string,
  fronts: readonly ServiceFront[],
): FrontedComponent {
  return { application: 'shop', component: name, tenant: 'team', fronts };
}

function names(parts: Partial<ServiceNames> = {}): ServiceNames {
  return { namespace: 'shop', taken: {}, own: new Map(), ...parts };
}

function edgeTo(target: string, service: string, port: number): Edge {
  return {
    text: `x -> ${target}:${port}`,
    from: 'x',
    to: { kind: 'component', component: target, service, targetPort: port },
    port,
    env: 'REDIS',
  };
}

function chartFront(
  service: string,
  selector: string,
  ...ports: readonly (readonly [name: string | undefined, port: number])[]
): ServiceFront {
  return {
    service,
    selector: { role: selector },
    ports: ports.map(([name, port]) => ({
      name,
      port,
      protocol: 'TCP',
      targetPort: port,
    })),
  };
}

function rendered(
  components: readonly FrontedComponent[],
  edges: readonly Edge[] = [],
  taken: ServiceNames = names(),
) {
  const { objects, warnings } = renderServices(components, edges, taken);
  return {
    names: objects.map(({ object }) => object.metadata.name),
    objects: objects.map(({ object }) => object),
    warnings,
  };
}

describe('renderServices', () => {
  it('reaches a component under both of its names, by the same pods and ports', () => {
    const { objects, warnings } = rendered([component('web', [own])]);
    expect(warnings).toEqual([]);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([
      'shop-web',
      'web',
    ]);
    for (const { spec } of objects) {
      expect(spec).toEqual({
        type: 'ClusterIP',
        selector: own.selector,
        ports: own.ports,
      });
    }
  });

  it('renders nothing for a component that listens nowhere', () => {
    expect(rendered([component('web', [])]).names).toEqual([]);
  });

  it('leaves the bare name to whom it belongs, and says so', () => {
    const { names: services, warnings } = rendered(
      [component('web', [own])],
      [],
      names({ taken: { web: 'application blog' } }),
    );
    expect(services).toEqual(['shop-web']);
    expect(warnings).toEqual([
      {
        component: 'web',
        ref: { apiVersion: 'v1', kind: 'Service', name: 'web' },
        reason: 'NameTaken',
        message:
          'web: the name "web" belongs to application blog in this namespace, so this component is not reached under it. Use "shop-web", or the injected variables.',
      },
    ]);
  });

  it('leaves the bare name to another component whose full name it is', () => {
    const { names: services, warnings } = rendered([
      component('web', [own]),
      component('shop-web', [own]),
    ]);
    expect(services).toEqual(['shop-web', 'web', 'shop-shop-web']);
    expect(warnings[0].message).toContain(
      'belongs to component web of this application',
    );
  });

  it('gives no bare name that could not be one of a Service', () => {
    const { names: services, warnings } = rendered([component('2048', [own])]);
    expect(services).toEqual(['shop-2048']);
    expect(warnings[0].message).toContain(
      'names of Services begin with a letter',
    );
  });

  it('does not take a name of the prototype for a taken one', () => {
    expect(rendered([component('constructor', [own])]).names).toEqual([
      'shop-constructor',
      'constructor',
    ]);
  });

  describe('for a chart', () => {
    const master = chartFront('shop-redis-master', 'master', ['tcp', 6379]);
    const replicas = chartFront(
      'shop-redis-replicas',
      'replica',
      ['tcp', 6379],
      [undefined, 9121],
    );
    const headless = chartFront(
      'shop-redis-headless',
      'master',
      ['tcp', 6379],
      ['tcp', 16379],
    );
    const charted = component('redis', [master, replicas, headless]);
    const chartNames = names({
      own: new Map([
        ['shop-redis-master', 'redis'],
        ['shop-redis-replicas', 'redis'],
        ['shop-redis-headless', 'redis'],
      ]),
    });

    it("points both names at the pods of the chart's first Service", () => {
      const { objects } = rendered([charted], [], chartNames);
      expect(objects.map(({ metadata }) => metadata.name)).toEqual([
        'shop-redis',
        'redis',
      ]);
      expect(objects[1].spec).toMatchObject({ selector: { role: 'master' } });
    });

    it('points them at the Service that the first caller needs', () => {
      const { objects } = rendered(
        [charted],
        [edgeTo('redis', 'shop-redis-replicas', 9121)],
        chartNames,
      );
      expect(objects[1].spec).toMatchObject({
        selector: { role: 'replica' },
        ports: [
          { name: 'tcp', port: 6379 },
          { name: 'p9121-tcp', port: 9121 },
        ],
      });
    });

    it('joins the ports of Services of the same pods, each port and each name once', () => {
      const { objects } = rendered([charted], [], chartNames);
      expect(objects[1].spec).toMatchObject({
        ports: [
          { name: 'tcp', port: 6379 },
          { name: 'p16379-tcp', port: 16379 },
        ],
      });
    });

    it('warns where a second caller needs other pods', () => {
      const edges = [
        edgeTo('redis', 'shop-redis-master', 6379),
        edgeTo('redis', 'shop-redis-replicas', 9121),
      ];
      expect(rendered([charted], edges, chartNames).warnings).toMatchObject([
        {
          message:
            'x -> redis:9121: "redis" stands for Service shop-redis-master, but port 9121 is offered by Service shop-redis-replicas. Use REDIS_HOST or "shop-redis-replicas".',
        },
      ]);
    });

    it('adds no Service beside one of the same name that the chart renders', () => {
      expect(
        rendered(
          [charted],
          [],
          names({ own: new Map([['shop-redis', 'redis']]) }),
        ).names,
      ).toEqual(['redis']);
      const both = names({
        own: new Map([
          ['shop-redis', 'redis'],
          ['redis', 'redis'],
        ]),
      });
      expect(rendered([charted], [], both)).toMatchObject({
        names: [],
        warnings: [],
      });
    });
  });
});
