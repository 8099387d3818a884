import { parseDocument } from 'yaml';

/** The file of an application with a release pinned; everything else stays as written. */
export function pinRevision(yaml: string, revision: number): string {
  const document = parseDocument(yaml);
  document.setIn(['spec', 'revision'], revision);
  return document.toString();
}

/** Fields that the cluster writes and a person does not edit. */
const written = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
];

/** The file of an application as a person would edit it: without status and what the cluster keeps in the metadata. */
export function editableYaml(yaml: string): string {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) return yaml;
  document.delete('status');
  for (const field of written) {
    if (document.hasIn(['metadata', field])) {
      document.deleteIn(['metadata', field]);
    }
  }
  return document.toString();
}

/** The name that the file gives the application; `undefined` when it can not be read. */
export function applicationName(yaml: string): string | undefined {
  const name = parseDocument(yaml).getIn(['metadata', 'name']);
  return typeof name === 'string' ? name : undefined;
}

/** Whether volumes go with the application; false when it can not be read. */
export function deletesVolumes(yaml: string): boolean {
  return parseDocument(yaml).getIn(['spec', 'deletionPolicy']) === 'Delete';
}

/** Whether the file asks for a pause; false when it can not be read. */
export function isPaused(yaml: string): boolean {
  return parseDocument(yaml).getIn(['spec', 'paused']) === true;
}

/** The release that the file pins, if any. */
export function pinnedRevision(yaml: string): number | undefined {
  const revision = parseDocument(yaml).getIn(['spec', 'revision']);
  return typeof revision === 'number' ? revision : undefined;
}
