import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createTelemetry } from './telemetry';

const page = readFileSync(
  path.resolve(__dirname, '../../../docs/operate/metrics.md'),
  'utf8',
);

const cells = (row: string) =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

const names = (cell: string) =>
  [...cell.matchAll(/`(\w+)`/g)].map(match => match[1]);

/** The rows of the first table: name, type, labels. */
const documented = page
  .split('\n')
  .filter(line => line.startsWith('| `understage_'))
  .map(cells)
  .map(([name, type, labels]) => [...names(name), type, ...names(labels)]);

const labelsOf: Readonly<Record<string, readonly string[]>> = {
  reconciles: ['result'],
  actions: ['action', 'kind'],
  refusals: ['reason'],
  staleSeconds: ['kind'],
  relists: ['kind'],
  restarts: ['kind'],
  applications: ['state'],
  tenants: ['state'],
  tenantReconciles: ['result'],
  probes: ['result'],
  requests: ['method', 'status'],
};

describe('the metrics', () => {
  it('are those of docs/operate/metrics.md', async () => {
    const { registry, ...metrics } = createTelemetry({ processMetrics: false });
    const types = new Map(
      (await registry.getMetricsAsJSON()).map(({ name, type }) => [
        name,
        String(type),
      ]),
    );
    const inCode = Object.entries(metrics).map(([field, metric]) => {
      const name = String(Reflect.get(metric, 'name'));
      return [name, types.get(name), ...(labelsOf[field] ?? [])];
    });
    expect([...inCode].sort()).toEqual([...documented].sort());
    expect(types.size).toBe(documented.length);
  });

  it('take the labels that the page names', () => {
    const telemetry = createTelemetry({ processMetrics: false });
    for (const [field, labels] of Object.entries(labelsOf)) {
      const metric: { inc(values: Record<string, string>): void } = Reflect.get(
        telemetry,
        field,
      );
      const values = Object.fromEntries(labels.map(label => [label, 'x']));
      expect(() => metric.inc(values)).not.toThrow();
    }
  });

  it('of two operators in one process are two', async () => {
    const [one, other] = [0, 1].map(() =>
      createTelemetry({ processMetrics: false }),
    );
    one.statusWrites.inc();
    expect(await other.registry.metrics()).toContain(
      'understage_status_writes_total 0',
    );
  });

  it('of the process come when they are asked for', async () => {
    const { registry } = createTelemetry({ processMetrics: true });
    expect(await registry.metrics()).toContain('process_cpu_seconds_total');
    registry.clear();
  });
});
