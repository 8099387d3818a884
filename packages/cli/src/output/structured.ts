import { stringify } from 'yaml';
import { Printer } from './Printer';

/** What `-o` may ask for. */
export const outputFormats = ['table', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Prints a value for other programs; true when that is what was asked for. */
export function printStructured(
  printer: Printer,
  format: OutputFormat,
  value: unknown,
): boolean {
  if (format === 'json') {
    printer.document(JSON.stringify(value, null, 2));
    return true;
  }
  if (format === 'yaml') {
    printer.document(toYaml(value));
    return true;
  }
  return false;
}

/** YAML without anchors: what kubectl and people read. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** Several objects as one stream of documents. */
export function toYamlStream(values: readonly unknown[]): string {
  return values.map(value => `---\n${toYaml(value)}`).join('');
}
