import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { layout } from '../components/layout';
import { packagePath } from '../packageDirectory';

// In the format of a container runtime's log files, which is what a kubelet reads: time, stream, "whole line", text.
const CONTAINER_LOG = [
  'stdout F this pod runs on a simulated node: no container, no process',
  'stdout F listening',
]
  .map(line => `2026-01-01T00:00:00.000000000Z ${line}\n`)
  .join('');

/** Writes what kwok reads at its start: the stages of nodes and pods, and what a simulated container logs. */
export function writeKwokConfiguration(directory: string): void {
  const files = layout(directory);
  mkdirSync(files.configuration, { recursive: true });
  writeFileSync(files.containerLog, CONTAINER_LOG);
  const logs = stringify({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'simulated' },
    spec: { logs: [{ logsFile: files.containerLog, follow: true }] },
  });
  const stages = readFileSync(packagePath('kwok', 'stages.yaml'), 'utf8');
  writeFileSync(files.kwokConfiguration, `${stages}---\n${logs}`);
}
