import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { apiRoutes } from '@understage/plugin-paas-common';
import { ChartCatalog, RefusedChart } from '@understage/plugin-paas-node';
import { RegisterContext, registerRoute } from '../http/registerRoute';

export interface ChartRoutesOptions extends RegisterContext {
  readonly chartCatalog: ChartCatalog;
}

/** Repositories that do not answer must not hold the caller for longer. */
const TIMEOUT_MS = 20_000;

/** What charts there are. */
export function addChartRoutes(options: ChartRoutesOptions): void {
  const { chartCatalog } = options;

  registerRoute(options, apiRoutes.listCharts, () =>
    chartCatalog.offers(AbortSignal.timeout(TIMEOUT_MS)),
  );

  registerRoute(options, apiRoutes.getChart, async ({ query }) => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return await chartCatalog.values(query, signal);
    } catch (error) {
      throw error instanceof RefusedChart ? toldError(error) : error;
    }
  });
}

function toldError({ reason, message }: RefusedChart): Error {
  return reason === 'ChartNotFound' || reason === 'RepositoryUnknown'
    ? new NotFoundError(message)
    : new ServiceUnavailableError(message);
}
