export { startPlayground } from './startPlayground';
export type {
  Login,
  Playground,
  PlaygroundOptions,
  PlaygroundUser,
} from './playground';
export { componentNames } from './components/component';
export type { ComponentName, PlaygroundPorts } from './components/component';
export { ensureBinaries } from './binaries/ensureBinaries';
export type {
  BinaryPaths,
  EnsureBinariesOptions,
} from './binaries/ensureBinaries';
export type { BinaryName } from './binaries/toolsets';
export { serveCharts } from './charts/serveCharts';
export type { ChartRepository, ServeChartsOptions } from './charts/serveCharts';
export type { PackedChart } from './charts/packChart';
export { takeLock } from './processes/processLock';
export type { LockResult } from './processes/processLock';
export { startGitServer } from './git/startGitServer';
export type { GitServer, GitServerOptions } from './git/startGitServer';
