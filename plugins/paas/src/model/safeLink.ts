const allowed = ['http:', 'https:', 'mailto:'];

/** The address when a browser may follow it, else `undefined`: `javascript:`, `data:` and relative ones are dropped. */
export function safeLink(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return allowed.includes(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
