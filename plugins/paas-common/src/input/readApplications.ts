import { Application } from '../schema/Application';
import { checkApplication } from './checkApplication';
import { ReadDocument, readDocuments } from './readDocuments';

/** One Application of a file, or why it is none. */
export type ReadApplication = ReadDocument<Application>;

/**
 * Reads the Applications of a file: YAML with any number of documents, or JSON. Answers with one entry a document, at
 * least one; never throws. `file` is the name to show, nothing is read from it.
 */
export function readApplications(
  text: string,
  options: { readonly file?: string } = {},
): readonly ReadApplication[] {
  return readDocuments(text, checkApplication, options);
}
