import fc from 'fast-check';
import {
  Application,
  APPLICATION_API_VERSION,
  DependencyInput,
} from '../schema/Application';
import {
  ApplicationSpecInput,
  applicationSpecSchema,
} from '../schema/applicationSchema';
import { arbitraryComponent, arbitraryLabel } from './arbitraryComponent';

type ComponentInput = ApplicationSpecInput['components'][number];

function portsOf(component: ComponentInput): readonly number[] {
  return 'ports' in component
    ? (component.ports ?? []).map(({ port }) => port)
    : [];
}

/** Edges only lead from a component to a later one, so there is no ring. */
function possibleEdges(
  components: readonly ComponentInput[],
): readonly DependencyInput[] {
  return components.flatMap((from, index) =>
    components.slice(index + 1).flatMap((to, offset): DependencyInput[] => {
      const ports = to.type === 'HelmChart' ? [6379] : portsOf(to).slice(0, 1);
      return ports.map(port =>
        (index + offset) % 2 === 0
          ? `${from.name} -> ${to.name}:${port}`
          : { from: from.name, to: to.name, port },
      );
    }),
  );
}

function outside(
  components: readonly ComponentInput[],
): readonly DependencyInput[] {
  const [{ name }] = components;
  return [
    `${name}->external:db.example.com:5432`,
    { from: name, to: 'external:[2001:db8::1]', port: 443, env: 'V6' },
    `${name} -> other-app/api:8080`,
  ];
}

function arbitrarySpec(
  names: readonly string[],
): fc.Arbitrary<ApplicationSpecInput> {
  return fc.tuple(...names.map(arbitraryComponent)).chain(components => {
    const edges = [...possibleEdges(components), ...outside(components)];
    const about = {
      owner: fc.constantFrom('group:default/team-a', 'team-b'),
      description: fc
        .string({ maxLength: 60 })
        .map(found => found.replace(/\0/g, '')),
      links: fc.array(
        fc.record(
          { url: fc.webUrl(), title: fc.string({ maxLength: 20 }) },
          { requiredKeys: ['url'] },
        ),
        { maxLength: 2 },
      ),
      docs: fc.constant('dir:.'),
      deletionPolicy: fc.constantFrom('Retain' as const, 'Delete' as const),
      paused: fc.boolean(),
      revision: fc.integer({ min: 1, max: 50 }),
    };
    return fc.record(
      {
        components: fc.constant(components),
        dependencies: fc.subarray(edges),
        ...about,
      },
      { requiredKeys: ['components', 'dependencies'] },
    );
  });
}

/** A valid document as a user writes it: short `apiVersion`, defaults left out, dependencies in both notations. */
export function arbitraryDocument() {
  return fc
    .tuple(
      arbitraryLabel(),
      fc.uniqueArray(arbitraryLabel(30), { minLength: 1, maxLength: 6 }),
    )
    .chain(([name, names]) =>
      arbitrarySpec(names).map(spec => ({
        apiVersion: 'paas/v1',
        kind: 'Application',
        metadata: { name },
        spec,
      })),
    );
}

/** A valid Application, defaults filled in; its dependencies have no ring. */
export function arbitraryApplication(): fc.Arbitrary<Application> {
  return arbitraryDocument().map(
    ({ metadata, spec }): Application => ({
      apiVersion: APPLICATION_API_VERSION,
      kind: 'Application',
      metadata,
      spec: applicationSpecSchema.parse(spec),
    }),
  );
}
