import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  PlatformConfig,
  portalSettings,
  readPlatformConfig,
} from '@understage/plugin-paas-common';
import {
  ChartCatalog,
  ChartRenderer,
  createChartCatalog,
  createHelmChartRenderer,
} from '@understage/plugin-paas-node';
import os from 'node:os';
import path from 'node:path';

/** Reads the platform's settings from the section `paas`; throws with every problem at once. */
export function readPlatform(config: RootConfigService): PlatformConfig {
  const section = config.getOptional<Record<string, unknown>>('paas') ?? {};
  const shared = Object.fromEntries(
    Object.entries(section).filter(([key]) => !portalSettings.includes(key)),
  );
  const checked = readPlatformConfig(shared);
  if (checked.ok) return checked.value;
  const sentences = checked.problems.map(({ message }) => message).join(' ');
  throw new InputError(
    `The configuration is not as it should be. ${sentences}`,
  );
}

/** Looks into charts, and renders them for plans with the helm of `paas.helm.binary` (default the one on PATH). */
export function createCharts(
  config: RootConfigService,
  { chartRepositories }: PlatformConfig,
): { readonly charts: ChartRenderer; readonly chartCatalog: ChartCatalog } {
  const helm = config.getOptionalString('paas.helm.binary') ?? 'helm';
  const cacheDirectory =
    config.getOptionalString('paas.helm.cacheDirectory') ??
    path.join(os.tmpdir(), 'understage-portal-charts');
  const shared = { repositories: chartRepositories, cacheDirectory };
  return {
    charts: createHelmChartRenderer({ helm, ...shared }),
    chartCatalog: createChartCatalog(shared),
  };
}
