import {
  Application,
  checkApplication,
  Checked,
  Problem,
  readApplications,
} from '@understage/plugin-paas-common';

const onlyOne = (found: number): Checked<Application> => ({
  ok: false,
  problems: [
    {
      path: '',
      message: `The text holds ${found} documents; send them one at a time.`,
    },
  ],
});

/** Reads what a caller sent as an Application: the text of a file with one document, or the object itself. */
export function readDocument(document: string | object): Checked<Application> {
  if (typeof document !== 'string') return checkApplication(document);
  const documents = readApplications(document);
  return documents.length === 1
    ? documents[0].checked
    : onlyOne(documents.length);
}

/** Where an application goes: the document's namespace or the caller's, which must not contradict each other. */
export function chooseNamespace(
  application: Application,
  wanted: string | undefined,
): string | Problem {
  const { namespace } = application.metadata;
  if (namespace && wanted && namespace !== wanted) {
    return {
      path: 'metadata.namespace',
      found: namespace,
      allowed: wanted,
      message: `The document is for namespace ${namespace}, the request for ${wanted}: leave one of them out.`,
    };
  }
  return (
    namespace ??
    wanted ?? {
      path: 'metadata.namespace',
      message:
        'No namespace: set metadata.namespace, or send `namespace` beside the document.',
    }
  );
}
