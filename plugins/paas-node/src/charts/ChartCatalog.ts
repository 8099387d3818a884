import {
  ChartOffers,
  ChartQuery,
  ChartValues,
} from '@understage/plugin-paas-common';

/** Looks into charts without rendering them. */
export interface ChartCatalog {
  offers(signal?: AbortSignal): Promise<ChartOffers>;
  /** Throws `RefusedChart` when the chart is not to be had. */
  values(query: ChartQuery, signal?: AbortSignal): Promise<ChartValues>;
}
