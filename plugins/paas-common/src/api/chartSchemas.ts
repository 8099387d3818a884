import { z } from 'zod';
import { ChartOffers, ChartQuery, ChartValues } from './chartTypes';

/** Query of `GET /charts/values`. */
export const chartQuerySchema = z.strictObject({
  chart: z.string().min(1).max(512),
  version: z.string().min(1).max(128).optional(),
}) satisfies z.ZodType<ChartQuery>;

/** Answer of `GET /charts`. */
export const chartOffersSchema = z.object({
  charts: z.array(
    z.object({
      chart: z.string(),
      description: z.string().optional(),
      versions: z.array(z.string()),
    }),
  ),
  missing: z.array(z.object({ repository: z.string(), why: z.string() })),
}) satisfies z.ZodType<ChartOffers>;

/** Answer of `GET /charts/values`. */
export const chartValuesSchema = z.object({
  chart: z.string(),
  version: z.string(),
  values: z.string(),
  schema: z.record(z.string(), z.unknown()).optional(),
}) satisfies z.ZodType<ChartValues>;
