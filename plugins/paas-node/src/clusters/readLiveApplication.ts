import {
  Application,
  APPLICATION_API_VERSION,
  ApplicationStatus,
  KubeObject,
  readSpec,
  readStatus,
} from '@understage/plugin-paas-common';

/** An Application object, read with the tolerance that a cluster deserves: it may be older or newer than we are. */
export interface LiveApplication {
  /** Absent when the specification is not one that this version understands. */
  readonly application?: Application;
  /** What the operator wrote last; absent before its first report. */
  readonly status?: ApplicationStatus;
  /** Why there is no `application`. */
  readonly problem?: string;
}

const known = new WeakMap<KubeObject, LiveApplication>();

/** Reads an Application object; the same object is read once. */
export function readLiveApplication(object: KubeObject): LiveApplication {
  const cached = known.get(object);
  if (cached) return cached;
  const live = parse(object);
  known.set(object, live);
  return live;
}

function parse(object: KubeObject): LiveApplication {
  const status = readStatus(object.status);
  const read = readSpec(object.spec);
  if (!read.ok) return { status, problem: read.problem };
  const application: Application = {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata: object.metadata,
    spec: read.spec,
  };
  return { application, status };
}
