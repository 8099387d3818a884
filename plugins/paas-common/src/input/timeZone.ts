import { nearestName } from './nearestName';

/** What the runtime knows a zone as; `undefined` when it knows none of that name. */
function canonicalZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
      .timeZone;
  } catch {
    return undefined;
  }
}

/** A text that names no time zone, and the one that was probably meant. */
export interface TimeZoneFault {
  readonly suggestion?: string;
}

/**
 * What is wrong with the name of a time zone; `undefined` when it is in the IANA database. Kubernetes compares capitals,
 * and takes neither offsets such as +01:00 nor `Local`.
 */
export function findTimeZoneFault(name: string): TimeZoneFault | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const canonical = /^[+-]/.test(name) ? undefined : canonicalZone(name);
  if (canonical !== undefined) {
    const sameLetters = canonical.toLowerCase() === name.toLowerCase();
    return sameLetters && canonical !== name
      ? { suggestion: canonical }
      : undefined;
  }
  const suggestion =
    nearestName(name, ['UTC', ...zones]) ??
    zones.find(
      zone =>
        zone.split('/').pop()?.toLowerCase() ===
        name.toLowerCase().replace(/ /g, '_'),
    );
  return suggestion === undefined ? {} : { suggestion };
}
