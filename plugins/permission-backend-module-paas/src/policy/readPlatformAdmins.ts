import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

const KEY = 'paas.platformAdmins';

/** Reads who may do everything, in lower case; throws at what is no whole reference of a person or a group. */
export function readPlatformAdmins(config: RootConfigService): string[] {
  return (config.getOptionalStringArray(KEY) ?? []).map(text => {
    const ref = wholeRef(text);
    if (ref) return ref;
    throw new InputError(
      `${KEY} names ${JSON.stringify(
        text,
      )}, which is no reference of a group or a person; write group:default/platform-engineers or user:default/ada.`,
    );
  });
}

function wholeRef(text: string): string | undefined {
  if (!/^(group|user):[a-z0-9._-]+\/[a-z0-9._-]+$/i.test(text))
    return undefined;
  try {
    return stringifyEntityRef(parseEntityRef(text)).toLowerCase();
  } catch {
    return undefined;
  }
}
