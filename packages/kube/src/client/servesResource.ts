import { KubeError } from '../errors';
import { ResourceType } from '../objects';
import { errorOf } from './statusError';
import { Transport } from './transport';

function names(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('resources' in value)) {
    return [];
  }
  const { resources } = value;
  if (!Array.isArray(resources)) return [];
  return resources.flatMap(entry =>
    typeof entry === 'object' && entry !== null && 'name' in entry
      ? [String(entry.name)]
      : [],
  );
}

/**
 * True when the server serves the resource at all. Everybody who can log in may ask (discovery), so it tells "there is no
 * such kind here" from "you may not look", which both answer 403 to a user without rights.
 */
export async function servesResource(
  transport: Transport,
  type: ResourceType,
  signal?: AbortSignal,
): Promise<boolean> {
  const path =
    type.group === ''
      ? `/api/${type.version}`
      : `/apis/${type.group}/${type.version}`;
  const what = `discovering ${path}`;
  const response = await transport.send({
    method: 'GET',
    verb: 'discover',
    path,
    signal,
  });
  if (response.status === 404) {
    await response.body.text();
    return false;
  }
  if (response.status !== 200) throw await errorOf(response, what);
  const text = await response.body.text();
  try {
    return names(JSON.parse(text)).includes(type.plural);
  } catch (cause) {
    throw new KubeError(`${what}: the answer is no JSON`, { cause });
  }
}
