import {
  KubeObject,
  LABEL_APPLICATION,
  OwnerReference,
  refKey,
  refOf,
} from '@understage/plugin-paas-common';

/** `namespace/name` of an application within its cluster. */
export type ApplicationId = string;

interface Entry {
  readonly object: KubeObject;
  readonly application?: ApplicationId;
}

/**
 * Which object may belong to which application, in one cluster: through its controller (a pod of a replica set of a
 * deployment), else by its label, in whichever order they arrive. Anybody can write a label, so that what really belongs
 * is for `ownedObjects` to say. One change costs work for this object and for those it controls, never for all. Answers
 * the applications that a change touches.
 */
export class ObjectIndex {
  // By uid: a name in a map of ten thousand pods costs as much as the pod's labels.
  private readonly entries = new Map<string, Entry>();
  private readonly members = new Map<ApplicationId, Map<string, KubeObject>>();
  private readonly controlled = new Map<string, Set<string>>();
  private readonly applicationsByUid = new Map<string, ApplicationId>();
  /** One text for each application, however many objects belong to it. */
  private readonly ids = new Map<ApplicationId, ApplicationId>();

  /** The objects of an application; order is that of arrival. */
  objectsOf(application: ApplicationId): KubeObject[] {
    return [...(this.members.get(application)?.values() ?? [])];
  }

  /** Whose object a uid is; also true for the Application itself. */
  applicationOf(uid: string): ApplicationId | undefined {
    const entry = this.entries.get(uid);
    return entry ? entry.application : this.applicationsByUid.get(uid);
  }

  /** The applications that have pods on a node. Looks at every pod: nodes change seldom. */
  applicationsOn(node: string): ReadonlySet<ApplicationId> {
    const found = new Set<ApplicationId>();
    for (const { object, application } of this.entries.values()) {
      if (application === undefined || object.kind !== 'Pod') continue;
      if (nodeOf(object) === node) found.add(application);
    }
    return found;
  }

  /** Makes an Application known as an owner. */
  addApplication(object: KubeObject): ReadonlySet<ApplicationId> {
    const { uid } = object.metadata;
    const touched = new Set([idOf(object)]);
    if (uid === undefined || this.applicationsByUid.has(uid)) return touched;
    this.applicationsByUid.set(uid, idOf(object));
    this.reassignControlled(uid, touched);
    return touched;
  }

  /** Forgets an Application; its objects stay until they are removed themselves. */
  removeApplication(object: KubeObject): ReadonlySet<ApplicationId> {
    if (object.metadata.uid) this.applicationsByUid.delete(object.metadata.uid);
    return new Set([idOf(object)]);
  }

  /** Adds or replaces an object. */
  set(object: KubeObject): ReadonlySet<ApplicationId> {
    const touched = new Set<ApplicationId>();
    const key = keyOf(object);
    const previous = this.entries.get(key);
    this.store(key, object, touched);
    this.rememberController(key, object);
    if (previous?.application !== this.entries.get(key)?.application) {
      this.reassignControlled(object.metadata.uid, touched);
    }
    return touched;
  }

  /** Removes an object. */
  delete(object: KubeObject): ReadonlySet<ApplicationId> {
    const touched = new Set<ApplicationId>();
    const key = keyOf(object);
    const previous = this.entries.get(key);
    if (previous) this.forget(key, previous, touched);
    return touched;
  }

  private store(key: string, object: KubeObject, touched: Set<ApplicationId>) {
    const application = this.resolve(object);
    const before = this.entries.get(key)?.application;
    if (before !== undefined && before !== application) {
      this.leave(before, key);
      touched.add(before);
    }
    this.entries.set(key, { object, application });
    if (application === undefined) return;
    const members = this.members.get(application) ?? new Map();
    this.members.set(application, members.set(key, object));
    touched.add(application);
  }

  private forget(key: string, entry: Entry, touched: Set<ApplicationId>) {
    this.entries.delete(key);
    const controller = controllerOf(entry.object);
    if (controller) this.release(controller.uid, key);
    if (entry.application === undefined) return;
    this.leave(entry.application, key);
    touched.add(entry.application);
  }

  private rememberController(key: string, object: KubeObject) {
    const controller = controllerOf(object);
    if (!controller) return;
    const keys = this.controlled.get(controller.uid) ?? new Set();
    this.controlled.set(controller.uid, keys.add(key));
  }

  private release(uid: string, key: string) {
    const keys = this.controlled.get(uid);
    keys?.delete(key);
    if (keys?.size === 0) this.controlled.delete(uid);
  }

  private leave(application: ApplicationId, key: string) {
    const members = this.members.get(application);
    members?.delete(key);
    if (members?.size !== 0) return;
    this.members.delete(application);
    this.ids.delete(application);
  }

  private resolve(object: KubeObject): ApplicationId | undefined {
    const { namespace, labels } = object.metadata;
    if (namespace === undefined) return undefined;
    const controller = controllerOf(object);
    const application = controller && this.applicationOf(controller.uid);
    // Owners are of the object's own namespace; whoever names another one would show in a stranger's application.
    if (application?.startsWith(`${namespace}/`)) return application;
    const label = labels?.[LABEL_APPLICATION];
    return label === undefined
      ? undefined
      : this.sharedId(`${namespace}/${label}`);
  }

  private sharedId(id: ApplicationId): ApplicationId {
    const known = this.ids.get(id);
    if (known !== undefined) return known;
    this.ids.set(id, id);
    return id;
  }

  // A controller that arrives after what it controls, or changes hands, takes these with it.
  private reassignControlled(
    uid: string | undefined,
    touched: Set<ApplicationId>,
  ) {
    for (const key of (uid && this.controlled.get(uid)) || []) {
      const entry = this.entries.get(key);
      if (!entry || this.resolve(entry.object) === entry.application) continue;
      this.store(key, entry.object, touched);
      this.reassignControlled(entry.object.metadata.uid, touched);
    }
  }
}

/** An object of the API server has a uid; another one under the same name is told as deleted and added. */
function keyOf(object: KubeObject): string {
  return object.metadata.uid ?? refKey(refOf(object));
}

/** `namespace/name` of an object. */
export function idOf({ metadata }: KubeObject): ApplicationId {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  const owners = metadata.ownerReferences;
  return owners?.find(owner => owner.controller) ?? owners?.[0];
}

function nodeOf({ spec }: KubeObject): unknown {
  return typeof spec === 'object' && spec !== null && 'nodeName' in spec
    ? spec.nodeName
    : undefined;
}
