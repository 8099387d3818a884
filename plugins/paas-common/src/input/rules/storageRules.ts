import { WorkloadComponent } from '../../schema/Component';
import { FieldPath, fieldLabel } from '../fieldPath';
import { Finding } from '../finding';
import { findRepeats } from './repeats';
import { checkVolumeSize } from './resourceRules';

/** Directories that the kernel or Kubernetes fills; a volume or file there hides what the container needs. */
const reserved = ['/dev', '/proc', '/sys', '/var/run/secrets/kubernetes.io'];
/** What a ConfigMap can hold, with room for its metadata. */
const mostFileBytes = 1_000_000;

function normalised(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

function checkPlace(text: string, path: FieldPath): readonly Finding[] {
  const place = normalised(text);
  const label = fieldLabel(path);
  if (text.split('/').includes('..'))
    return [
      {
        path,
        found: text,
        message: `\`${label}\` is ${text}; it can not contain "..".`,
      },
    ];
  if (place === '/')
    return [
      {
        path,
        found: text,
        message: `\`${label}\` is /, which would hide the whole image: name a directory.`,
      },
    ];
  const taken = reserved.find(
    directory => place === directory || place.startsWith(`${directory}/`),
  );
  return taken === undefined
    ? []
    : [
        {
          path,
          found: text,
          message: `\`${label}\` is ${text}, but ${taken} belongs to the system: choose another place.`,
        },
      ];
}

function checkFiles(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const { files } = component;
  const directory = files.findIndex(file => file.path.endsWith('/'));
  const bytes = files.reduce(
    (sum, file) => sum + new TextEncoder().encode(file.content).length,
    0,
  );
  const findings: Finding[] = [];
  if (directory >= 0) {
    const at = [...path, 'files', directory, 'path'];
    findings.push({
      path: at,
      found: files[directory].path,
      message: `\`${fieldLabel(at)}\` is ${
        files[directory].path
      }; it has to name a file, not a directory.`,
    });
  }
  if (bytes > mostFileBytes) {
    findings.push({
      path: [...path, 'files'],
      found: `${bytes} bytes`,
      allowed: `at most ${mostFileBytes} bytes`,
      message: `The files of the component are ${bytes} bytes together; a ConfigMap holds at most ${mostFileBytes}. Put large files into the image or a volume.`,
    });
  }
  return findings;
}

function checkNesting(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const files = new Set(component.files.map(file => normalised(file.path)));
  const places = [
    ...component.files.map((file, index) => ({
      place: normalised(file.path),
      at: [...path, 'files', index, 'path'],
    })),
    ...component.volumes.map((volume, index) => ({
      place: normalised(volume.mountPath),
      at: [...path, 'volumes', index, 'mountPath'],
    })),
  ];
  return places.flatMap(({ place, at }) => {
    const parent = [...files].find(file => place.startsWith(`${file}/`));
    return parent === undefined
      ? []
      : [
          {
            path: at,
            found: place,
            message: `\`${fieldLabel(
              at,
            )}\` is ${place}, below ${parent}, which is a file of this component.`,
          },
        ];
  });
}

function checkSharing(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  if (
    component.type !== 'Deployment' ||
    component.replicas <= 1 ||
    component.volumes.length === 0
  )
    return [];
  return [
    {
      path: [...path, 'volumes'],
      warning: true,
      message: `${component.replicas} replicas of a Deployment share one volume, which most storage lets only one node mount (ReadWriteOnce): replicas on other nodes will not start. Use \`type: StatefulSet\` for a volume each, or \`replicas: 1\`.`,
    },
  ];
}

/** Volumes and files: named once, in places of their own, of a size that can exist. */
export function checkStorage(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const volumes = component.volumes.map((volume, index) => ({
    volume,
    at: [...path, 'volumes', index],
  }));
  const places = [
    ...volumes.map(({ volume, at }) => ({
      text: volume.mountPath,
      path: [...at, 'mountPath'],
    })),
    ...component.files.map((file, index) => ({
      text: file.path,
      path: [...path, 'files', index, 'path'],
    })),
  ];
  return [
    ...findRepeats(
      volumes.map(({ volume, at }) => ({
        key: volume.name,
        shown: volume.name,
        path: [...at, 'name'],
      })),
      'The volume',
    ),
    ...findRepeats(
      places.map(place => ({
        key: normalised(place.text),
        shown: place.text,
        path: place.path,
      })),
      'The path',
    ),
    ...places.flatMap(place => checkPlace(place.text, place.path)),
    ...volumes.flatMap(({ volume, at }) =>
      checkVolumeSize(volume.size, [...at, 'size']),
    ),
    ...checkFiles(component, path),
    ...checkNesting(component, path),
    ...checkSharing(component, path),
  ];
}
