/** Where in a text a 1-based line and column stand; the start when unknown, the end of the line or text when beyond. */
export function offsetOf(
  text: string,
  place: { readonly line?: number; readonly column?: number },
): number {
  const { line = 1, column = 1 } = place;
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(0, line - 1));
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const length = lines[line - 1]?.length ?? 0;
  return Math.min(text.length, start + Math.min(column - 1, length));
}
