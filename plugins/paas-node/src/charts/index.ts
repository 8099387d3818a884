export * from './ChartCatalog';
export * from './ChartRenderer';
export {
  createChartCatalog,
  type ChartCatalogOptions,
} from './createChartCatalog';
export { RefusedChart } from './RefusedChart';
export {
  createHelmChartRenderer,
  type HelmChartRendererOptions,
  type ChartLimits,
} from './createHelmChartRenderer';
export {
  createChartRendererDouble,
  type ChartRendererDouble,
  type DoubleChart,
  type DoubleCharts,
} from './createChartRendererDouble';
export { plainText } from './plainText';
export { type HelmResult, type HelmRun, type RunHelm } from './runHelm';
