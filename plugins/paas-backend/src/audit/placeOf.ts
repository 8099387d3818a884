import { formatApplicationRef } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { z } from 'zod';
import { oneLine } from '../http/oneLine';
import { AuditPlace } from './AuditStore';

const sourceSchema = z.record(z.string(), z.unknown()).catch({});

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? oneLine(value) : undefined;
}

/** Where a call is about, from what it says of that (later sources count more) and whose that is. */
export function placeOf(
  clusters: PaasClusters,
  sources: readonly unknown[],
  found?: unknown,
): AuditPlace {
  const place: { cluster?: string; namespace?: string; name?: string } = {};
  for (const source of [...sources, found]) {
    const said = sourceSchema.parse(source ?? {});
    for (const field of ['cluster', 'namespace', 'name'] as const) {
      place[field] = textOf(said[field]) ?? place[field];
    }
  }
  // A tenant that was made by this very call: the cache has yet to hear of it. Only the route may say so, not a caller.
  const tenantUid = textOf(sourceSchema.parse(found ?? {}).tenantUid);
  if (tenantUid !== undefined)
    return { ...place, tenant: place.name, tenantUid };
  const tenant = tenantOf(clusters, place);
  if (tenant === undefined) return place;
  const record = clusters.tenants().get(`${place.cluster}/${tenant}`);
  return { ...place, tenant, ...(record && { tenantUid: record.uid }) };
}

function tenantOf(
  clusters: PaasClusters,
  place: { cluster?: string; namespace?: string; name?: string },
): string | undefined {
  const { cluster, namespace, name } = place;
  if (cluster === undefined) return undefined;
  if (namespace === undefined) {
    const isTenant = name && clusters.tenants().has(`${cluster}/${name}`);
    return isTenant ? name : undefined;
  }
  const key = formatApplicationRef({ cluster, namespace, name: name ?? '' });
  return (
    clusters.records().get(key)?.tenant ??
    clusters.namespace(cluster, namespace)?.tenant
  );
}
