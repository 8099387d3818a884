/** The version that an image reference names: its tag, else the beginning of its digest, else `latest`. */
export function imageVersion(ref: string): string {
  const [path, digest] = ref.split('@', 2);
  // A colon before the last slash belongs to the registry's port.
  const tag = /:([^:/]+)$/.exec(path)?.[1];
  if (tag !== undefined) {
    return tag;
  }
  return digest === undefined
    ? 'latest'
    : digest.replace(/^[^:]*:/, '').slice(0, 12);
}
