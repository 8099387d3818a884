import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { layout } from '../components/layout';
import { packagePath } from '../packageDirectory';

/** Writes what kwok reads at its start: the stages of nodes and pods, and where simulated containers log. */
export function writeKwokConfiguration(directory: string): void {
  const files = layout(directory);
  mkdirSync(files.configuration, { recursive: true });
  const logs = stringify({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'simulated' },
    spec: {
      logs: [
        {
          logsFile: files.containerLog,
          previousLogsFile: files.previousContainerLog,
          follow: true,
        },
      ],
    },
  });
  const stages = readFileSync(packagePath('kwok', 'stages.yaml'), 'utf8');
  writeFileSync(files.kwokConfiguration, `${stages}---\n${logs}`);
}
