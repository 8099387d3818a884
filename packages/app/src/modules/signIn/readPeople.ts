/** Somebody of the playground whom one may sign in as. */
export interface Person {
  /** Entity reference: `user:default/sam`. */
  readonly ref: string;
  readonly name: string;
  readonly description: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toPerson(value: unknown): Person[] {
  if (!isRecord(value) || typeof value.ref !== 'string') return [];
  const { ref, name, description } = value;
  return [
    {
      ref,
      name: typeof name === 'string' ? name : ref,
      description: typeof description === 'string' ? description : '',
    },
  ];
}

/** The people whom the backend lets one sign in as, empty while its catalog starts; `undefined` where that is not set up. */
export async function readPeople(
  authUrl: string,
  signal: AbortSignal,
): Promise<readonly Person[] | undefined> {
  const response = await fetch(`${authUrl}/playground/people`, { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`the backend answered ${response.status}`);
  const answer: unknown = await response.json();
  const items = isRecord(answer) ? answer.items : undefined;
  return Array.isArray(items) ? items.flatMap(toPerson) : [];
}
