import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KubeObject } from '../../kubernetes';

const directory = join(__dirname, '..', '__fixtures__');

const objectSchema = z.custom<KubeObject>(
  value => typeof value === 'object' && value !== null && 'kind' in value,
);
const captureSchema = z.object({
  objects: z.array(objectSchema),
  events: z.array(objectSchema),
});

/** The objects and warnings of one namespace, as a real API server, controller manager and scheduler made them. */
export type Capture = z.infer<typeof captureSchema>;

/** Names of all captures. */
export const captureNames: readonly string[] = readdirSync(directory)
  .map(file => file.replace(/\.json$/, ''))
  .sort();

/** Reads one capture. */
export function readCapture(name: string): Capture {
  const text = readFileSync(join(directory, `${name}.json`), 'utf8');
  return captureSchema.parse(JSON.parse(text));
}

/** Half a minute after the youngest object of a capture was created. */
export function shortlyAfter(capture: Capture): Date {
  const created = capture.objects.map(object =>
    Date.parse(object.metadata.creationTimestamp ?? ''),
  );
  return new Date(Math.max(...created) + 30_000);
}
