import { plainText } from '@understage/plugin-paas-node';

/** Text of a caller or of a cluster for a log: it must not begin a line of its own, or paint a terminal. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim().slice(0, 600);
}
