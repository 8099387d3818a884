import fc from 'fast-check';
import { z } from 'zod';
import { componentSchema } from '../schema/componentSchema';

type ComponentInput = z.input<typeof componentSchema>;

const lower = 'abcdefghijklmnopqrstuvwxyz';
const lowerDigits = `${lower}0123456789`;

/** Text of the letters given, `min` to `max` of them. */
function textOf(letters: string, min: number, max: number) {
  return fc.string({
    unit: fc.constantFrom(...letters),
    minLength: min,
    maxLength: max,
  });
}

/** A DNS label of at most `max` characters. */
export function arbitraryLabel(max = 63): fc.Arbitrary<string> {
  return fc
    .tuple(
      textOf(lowerDigits, 1, 8),
      textOf(`${lowerDigits}-`, 0, Math.max(0, max - 9)),
      textOf(lowerDigits, 0, 1),
    )
    .map(([start, middle, end]) =>
      end === '' ? start : `${start}${middle}${end}`,
    );
}

/** Text as people put it into values: any Unicode but NUL and halves of characters. */
const text = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map(found => found.replace(/\0/g, ''));
const variableName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/);
const dataKey = fc.stringMatching(/^[-._a-zA-Z0-9]{1,20}$/);
const directory = fc.array(textOf(lowerDigits, 1, 6), {
  minLength: 1,
  maxLength: 3,
});
const image = fc
  .tuple(
    fc.constantFrom('', 'registry.example.com/', 'localhost:5000/'),
    arbitraryLabel(20),
    fc.constantFrom('', ':1.2.3', `@sha256:${'a1'.repeat(32)}`),
  )
  .map(parts => parts.join('').replace(/--+/g, '-'));

const amounts = fc
  .record({
    cpu: fc.nat({ max: 4000 }),
    memory: fc.nat({ max: 4096 }),
    gpu: fc.nat({ max: 8 }),
  })
  .map(({ cpu, memory, gpu }) => ({
    requests: { cpu: `${cpu + 1}m`, memory: `${memory + 1}Mi` },
    limits: {
      cpu: cpu % 2 === 0 ? `${cpu + 1}m` : '4.5',
      memory: `${memory + 1}Mi`,
      'nvidia.com/gpu': String(gpu),
    },
  }));

const ports = fc
  .uniqueArray(
    fc.record({
      port: fc.integer({ min: 1, max: 65535 }),
      named: fc.boolean(),
      protocol: fc.constantFrom('TCP' as const, 'UDP' as const, undefined),
    }),
    {
      selector: ({ port }) => port,
      maxLength: 4,
    },
  )
  .map(found =>
    found.map(({ port, named, protocol }, index) => ({
      port,
      ...(named && { name: `n-${index}` }),
      ...(protocol && { protocol }),
    })),
  );

const env = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: variableName, value: text }),
    fc.record({
      name: variableName,
      secretRef: fc.record({ name: arbitraryLabel(20), key: dataKey }),
    }),
    fc.record({
      name: variableName,
      configRef: fc.record({ name: arbitraryLabel(20), key: dataKey }),
    }),
  ),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** Files under /etc and volumes under /srv, in places that do not meet. */
const files = fc
  .array(fc.record({ path: directory, content: text }), { maxLength: 3 })
  .map(found =>
    found.map(({ path, content }, index) => ({
      path: `/etc/f${index}/${path.join('/')}`,
      content,
    })),
  );
const volumes = fc
  .array(
    fc.record({
      path: directory,
      size: fc.integer({ min: 1, max: 500 }),
      storageClass: fc.option(arbitraryLabel(20), { nil: undefined }),
    }),
    { maxLength: 2 },
  )
  .map(found =>
    found.map(({ path, size, storageClass }, index) => ({
      name: `v${index}`,
      size: `${size}Gi`,
      mountPath: `/srv/v${index}/${path.join('/')}`,
      ...(storageClass !== undefined && { storageClass }),
    })),
  );

const workload = fc
  .record(
    {
      image,
      resources: amounts,
      ports,
      env,
      files,
      volumes,
      command: fc.array(text, { maxLength: 3 }),
      args: fc.array(text, { maxLength: 3 }),
      readOnlyRootFilesystem: fc.boolean(),
      probed: fc.boolean(),
      measured: fc.boolean(),
    },
    { requiredKeys: ['ports', 'probed', 'measured'] },
  )
  .map(({ probed, measured, ...fields }) => ({
    ...fields,
    ...(probed && {
      probes:
        fields.ports.length > 0
          ? { readiness: { port: fields.ports[0].port, periodSeconds: 5 } }
          : { liveness: { command: ['true'] } },
    }),
    ...(measured &&
      fields.ports.length > 0 && { metrics: { port: fields.ports[0].port } }),
  }));

const replicated = fc.record(
  {
    replicas: fc.integer({ min: 0, max: 20 }),
    availability: fc.record(
      {
        maxUnavailable: fc.integer({ min: 1, max: 3 }),
        spread: fc.constantFrom(
          'zone' as const,
          'node' as const,
          'none' as const,
        ),
      },
      { requiredKeys: [] },
    ),
    exposed: fc.boolean(),
  },
  { requiredKeys: ['exposed'] },
);

const service = fc
  .tuple(workload, replicated, fc.uuid())
  .map(([fields, { exposed, ...rest }, host]) => ({
    ...fields,
    ...rest,
    ...(exposed &&
      fields.ports[0]?.protocol !== 'UDP' &&
      fields.ports.length > 0 && { expose: { host: `h${host}.example.com` } }),
  }));

/** Values as JSON carries them: no negative zero, and no name that is refused everywhere. */
const chartValues = fc
  .dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.jsonValue({ maxDepth: 3 }),
    {
      maxKeys: 3,
    },
  )
  .map(values => JSON.stringify(values))
  .filter(json => !json.includes('__proto__'))
  .map((json): Record<string, unknown> => JSON.parse(json));

const chart = fc.record(
  {
    chart: fc.constantFrom(
      'bitnami/redis',
      'oci://registry.example.com/charts/db',
    ),
    version: fc.constantFrom('1.2.3', '^18', '>=1 <3'),
    values: chartValues,
  },
  { requiredKeys: ['chart'] },
);

const schedule = fc
  .tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }))
  .map(([minute, hour]) => `${minute} ${hour} * * 1-5`);
const retries = { backoffLimit: fc.integer({ min: 0, max: 10 }) };

/** A component of that name that breaks no rule; addresses that it exposes are its own. */
export function arbitraryComponent(name: string): fc.Arbitrary<ComponentInput> {
  const timed = fc.record(
    {
      ...retries,
      schedule,
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
    },
    { requiredKeys: ['schedule'] },
  );
  return fc.oneof(
    service.map(
      (fields): ComponentInput => ({ name, type: 'Deployment', ...fields }),
    ),
    service.map(
      (fields): ComponentInput => ({ name, type: 'StatefulSet', ...fields }),
    ),
    fc.tuple(workload, fc.record(retries, { requiredKeys: [] })).map(
      ([fields, rest]): ComponentInput => ({
        name,
        type: 'Job',
        ...fields,
        ...rest,
      }),
    ),
    fc.tuple(workload, timed).map(
      ([fields, rest]): ComponentInput => ({
        name,
        type: 'CronJob',
        ...fields,
        ...rest,
      }),
    ),
    chart.map(
      (fields): ComponentInput => ({ name, type: 'HelmChart', ...fields }),
    ),
  );
}
