import { WorkloadComponent } from '../../../schema/Component';
import { ANNOTATION_FILES_HASH } from '../../labels';
import { canonicalJson } from '../../naming/canonicalJson';
import { childName } from '../../naming/childName';
import { shortHash, stableHash } from '../../naming/stableHash';
import {
  WorkloadAddition,
  WorkloadExtra,
  WorkloadSubject,
} from './WorkloadExtra';

type File = WorkloadComponent['files'][number];

const VOLUME = 'understage-files';
// The API server's limit of a ConfigMap, in bytes.
const CONFIG_MAP_LIMIT = 1_048_576;

/** `/etc/app/rates.json` as `etc_app_rates.json`; paths that would meet get a hash. */
function keysOf(files: readonly File[]): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const { path } of files) {
    const plain = path
      .replace(/^\/+/, '')
      .replace(/[^-._A-Za-z0-9]+/g, '_')
      .slice(0, 200);
    const unusable = plain === '' || /^\.+$/.test(plain) || taken.has(plain);
    const key = unusable ? `file-${shortHash(path)}` : plain;
    taken.add(key);
    keys.set(path, key);
  }
  return keys;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) length += 1;
    else if (point < 0x800) length += 2;
    else length += point < 0x10000 ? 3 : 4;
  }
  return length;
}

function renderFiles(subject: WorkloadSubject): WorkloadAddition {
  const { component, scope, labels } = subject;
  const { files } = component;
  if (files.length === 0) {
    return {};
  }
  const bytes = files.reduce((sum, file) => sum + utf8Length(file.content), 0);
  if (bytes > CONFIG_MAP_LIMIT) {
    return {
      blocked: {
        reason: 'Invalid',
        message: `${component.name}: its files hold ${bytes} bytes together; ${CONFIG_MAP_LIMIT} fit. Put large files into the image or on a volume.`,
      },
    };
  }
  const name = childName({
    application: scope.application,
    component: component.name,
    suffix: 'files',
  });
  const keys = keysOf(files);
  const keyOf = (file: File) => keys.get(file.path) ?? file.path;
  const content = Object.fromEntries(
    files.map(file => [keyOf(file), file.content]),
  );
  return {
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: scope.context.namespace, labels },
        data: content,
      },
    ],
    podAnnotations: {
      [ANNOTATION_FILES_HASH]: stableHash(canonicalJson(content)),
    },
    volumes: [{ name: VOLUME, configMap: { name } }],
    volumeMounts: files.map(file => ({
      name: VOLUME,
      mountPath: file.path,
      subPath: keyOf(file),
      readOnly: true,
    })),
  };
}

/**
 * Configuration files in a ConfigMap, each mounted at its path. Files mounted by `subPath` are not updated in running
 * pods, so their hash stands in the pod template: a change rolls the pods.
 */
export const files: WorkloadExtra = { name: 'files', render: renderFiles };
