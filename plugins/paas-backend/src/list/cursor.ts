import { InputError } from '@backstage/errors';
import {
  ApplicationSummary,
  componentStates,
} from '@understage/plugin-paas-common';
import { z } from 'zod';

/** The part of a row that decides its place in every order. */
export type Place = Pick<
  ApplicationSummary,
  'cluster' | 'namespace' | 'name' | 'state' | 'since'
>;

const placeSchema = z.strictObject({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  state: z.enum(componentStates),
  since: z.string().optional(),
});

/** The place after which the next page begins; rows that come or go meanwhile shift nothing. */
export function formatCursor(place: Place): string {
  const { cluster, namespace, name, state, since } = place;
  const text = JSON.stringify({ cluster, namespace, name, state, since });
  return Buffer.from(text).toString('base64url');
}

/** Reads a cursor that `formatCursor` made; anything else is refused. */
export function parseCursor(cursor: string): Place {
  const place = placeSchema.safeParse(
    parseJson(Buffer.from(cursor, 'base64url').toString()),
  );
  if (place.success) return place.data;
  throw new InputError(
    'The cursor is none of this list; leave it out to begin at the first page.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
