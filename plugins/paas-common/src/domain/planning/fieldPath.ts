/** `spec.replicas`, or `metadata.labels["a/b"]` for names that are no plain words. */
export function childPath(path: string, field: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(field);
  if (!plain) return `${path}["${field}"]`;
  return path === '' ? field : `${path}.${field}`;
}

/** `containers[app]`, `ports[8080/TCP]`, `args[0]`. */
export function entryPath(path: string, entry: string | number): string {
  return `${path}[${entry}]`;
}
