/** What an image convention may name. */
export const conventionPlaceholders = [
  'tenant',
  'namespace',
  'application',
  'component',
] as const;

export type ConventionValues = Readonly<
  Record<(typeof conventionPlaceholders)[number], string>
>;

/** The expanded text, or the placeholders that mean nothing. */
export type ExpandedConvention =
  | { readonly kind: 'expanded'; readonly image: string }
  | { readonly kind: 'unknown'; readonly placeholders: readonly string[] };

function isPlaceholder(name: string): name is keyof ConventionValues {
  return conventionPlaceholders.some(known => known === name);
}

/** Fills `{tenant}`, `{namespace}`, `{application}` and `{component}` into an image convention. */
export function expandConvention(
  convention: string,
  values: ConventionValues,
): ExpandedConvention {
  const unknown: string[] = [];
  const image = convention.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    if (isPlaceholder(name)) {
      return values[name];
    }
    unknown.push(whole);
    return whole;
  });
  return unknown.length > 0
    ? { kind: 'unknown', placeholders: unknown }
    : { kind: 'expanded', image };
}
