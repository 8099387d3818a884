import { Preparation, ServiceFront } from '../rendering/ComponentRenderer';
import { ParsedDependency } from './parseDependency';
import { EdgeScope, resolveEdges } from './resolveEdges';

function dependency(parts: Partial<ParsedDependency> = {}): ParsedDependency {
  const to = parts.to ?? { kind: 'component', component: 'redis' };
  return {
    text: 'web -> redis:6379',
    from: 'web',
    to,
    port: 6379,
    env: 'REDIS',
    ...parts,
  };
}

function prepared(
  fronts: readonly ServiceFront[] = [],
  ownServices: readonly string[] = [],
): Preparation {
  return {
    kind: 'prepared',
    fronts,
    ownServices,
    exposed: [],
    metrics: [],
    clustered: false,
    render: () => ({ objects: [], warnings: [] }),
  };
}

function front(
  service: string,
  ...ports: readonly (readonly [
    port: number,
    targetPort: number,
    protocol?: string,
  ])[]
): ServiceFront {
  return {
    service,
    selector: { role: service },
    ports: ports.map(([port, targetPort, protocol = 'TCP']) => ({
      port,
      targetPort,
      protocol,
    })),
  };
}

function scope(redis: Preparation | undefined): EdgeScope {
  const components = new Map<string, Preparation>([['web', prepared()]]);
  if (redis !== undefined) components.set('redis', redis);
  return { application: 'shop', components };
}

const blocked: Preparation = {
  kind: 'blocked',
  blocked: { reason: 'ChartNotFound', message: '' },
  refusals: [],
};

describe('resolveEdges', () => {
  it("names the Service, the pods' port behind it and the host for the caller", () => {
    const { edges, refusals } = resolveEdges(
      [dependency()],
      scope(
        prepared(
          [front('shop-redis-master', [6379, 7000])],
          ['shop-redis-master'],
        ),
      ),
    );
    expect(refusals).toEqual([]);
    expect(edges).toEqual([
      {
        text: 'web -> redis:6379',
        from: 'web',
        port: 6379,
        env: 'REDIS',
        to: {
          kind: 'component',
          component: 'redis',
          service: 'shop-redis-master',
          host: 'shop-redis',
          targetPort: 7000,
          protocols: ['TCP'],
        },
      },
    ]);
  });

  it('finds a port under another Service than the first, and says which', () => {
    const fronts = [
      front('shop-redis-master', [6379, 6379]),
      front('shop-redis-sentinel', [26379, 26379]),
    ];
    const { edges } = resolveEdges(
      [dependency({ port: 26379 })],
      scope(prepared(fronts)),
    );
    expect(edges[0].to).toMatchObject({
      service: 'shop-redis-sentinel',
      targetPort: 26379,
    });
  });

  it("gives the chart's own Service as host where the component's name leads elsewhere", () => {
    const fronts = [
      front('shop-redis-master', [6379, 6379]),
      front('shop-redis-sentinel', [26379, 26379]),
    ];
    const { edges } = resolveEdges(
      [dependency(), dependency({ text: 'web -> redis:26379', port: 26379 })],
      scope(prepared(fronts)),
    );
    expect(edges.map(({ to }) => to.kind === 'component' && to.host)).toEqual([
      'shop-redis',
      undefined,
    ]);
    expect(edges[1].to).toMatchObject({ service: 'shop-redis-sentinel' });
  });

  it("gives the chart's own Service as host where the chart renders a Service of the component's name", () => {
    const { edges } = resolveEdges(
      [dependency()],
      scope(
        prepared(
          [front('shop-redis-master', [6379, 6379])],
          ['shop-redis', 'shop-redis-master'],
        ),
      ),
    );
    expect(edges[0].to).not.toHaveProperty('host');
  });

  it('takes all protocols that the target offers on the port', () => {
    const { edges } = resolveEdges(
      [dependency({ port: 53 })],
      scope(prepared([front('dns', [53, 1053], [53, 1053, 'UDP'], [54, 54])])),
    );
    expect(edges[0].to).toMatchObject({
      targetPort: 1053,
      protocols: ['TCP', 'UDP'],
    });
  });

  it('keeps an edge to a component that can not be rendered, and says that it does not know what is there', () => {
    const { edges, refusals } = resolveEdges([dependency()], scope(blocked));
    expect(refusals).toEqual([]);
    expect(edges[0].to).toEqual({
      kind: 'component',
      component: 'redis',
      service: 'shop-redis',
      targetPort: 6379,
      unresolved: true,
    });
  });

  it.each([
    [
      'a closed port',
      dependency({ port: 6380 }),
      'web -> redis:6379: redis does not listen on 6380. It offers 6379 (Service a), 1/UDP (Service b).',
    ],
    [
      'nobody',
      dependency({ to: { kind: 'component', component: 'rediss' } }),
      'web -> redis:6379: there is no component "rediss". Known components: redis.',
    ],
    [
      'itself',
      dependency({ to: { kind: 'component', component: 'web' } }),
      'web -> redis:6379: a component can not depend on itself.',
    ],
    [
      'itself by the long name',
      dependency({
        to: { kind: 'application', application: 'shop', component: 'web' },
      }),
      'web -> redis:6379: a component can not depend on itself.',
    ],
  ])('refuses %s and blames the caller', (_what, broken, message) => {
    const { edges, refusals } = resolveEdges(
      [broken],
      scope(prepared([front('b', [1, 1, 'UDP']), front('a', [6379, 6379])])),
    );
    expect(edges).toEqual([]);
    expect(refusals).toEqual([
      { component: 'web', reason: 'UnknownDependency', message },
    ]);
  });

  it('refuses a target that listens nowhere', () => {
    expect(
      resolveEdges([dependency()], scope(prepared())).refusals[0].message,
    ).toBe(
      'web -> redis:6379: redis listens on no port. Declare the port on redis, or remove the dependency.',
    );
  });

  it('refuses a caller that does not exist, and blames nobody', () => {
    const { refusals } = resolveEdges(
      [dependency({ from: 'app' })],
      scope(prepared()),
    );
    expect(refusals).toEqual([
      {
        reason: 'UnknownDependency',
        message: 'web -> redis:6379: there is no component "app".',
      },
    ]);
  });

  it('takes the long name of a component of the same application for the component', () => {
    const to = {
      kind: 'application',
      application: 'shop',
      component: 'redis',
    } as const;
    const { edges } = resolveEdges(
      [dependency({ to })],
      scope(prepared([front('r', [6379, 6379])])),
    );
    expect(edges[0].to).toMatchObject({
      kind: 'component',
      component: 'redis',
    });
  });

  it('passes on what is not of this application', () => {
    const other = {
      kind: 'application',
      application: 'bank',
      component: 'api',
    } as const;
    const external = { kind: 'external', host: 'example.com' } as const;
    const { edges } = resolveEdges(
      [
        dependency({ to: other, text: '1' }),
        dependency({ to: external, text: '2' }),
      ],
      scope(undefined),
    );
    expect(edges.map(({ to }) => to)).toEqual([other, external]);
  });

  it('takes an edge that is written twice once', () => {
    expect(
      resolveEdges([dependency(), dependency()], scope(blocked)).edges,
    ).toHaveLength(1);
  });
});
