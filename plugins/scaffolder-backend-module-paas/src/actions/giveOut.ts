/** Gives what a step made to later steps; a dry run made nothing. */
export function giveOut<Output extends object>(
  ctx: {
    output<Key extends keyof Output>(name: Key, value: Output[Key]): void;
  },
  values: Output | undefined,
): void {
  if (!values) return;
  for (const key of Object.keys(values)) {
    if (isKeyOf(values, key)) ctx.output(key, values[key]);
  }
}

function isKeyOf<T extends object>(value: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(value, key);
}
