import { WorkloadComponent } from '../../schema/Component';
import { DesiredObject, Edge } from '../desired';
import { KubeObject } from '../kubernetes';
import { labelsFor, selectorFor } from '../labels';
import { childName } from '../naming/childName';
import { imageVersion } from '../resolution/imageVersion';
import { resolveImage } from '../resolution/resolveImage';
import {
  OpenPort,
  Preparation,
  RenderedComponent,
  RenderScope,
  ServiceFront,
} from './ComponentRenderer';
import { exposedPort } from './extras/expose';
import { WorkloadAddition, WorkloadSubject } from './extras/WorkloadExtra';
import { workloadExtras } from './extras/workloadExtras';
import { portName, renderPodTemplate } from './pod/podTemplate';
import { withoutUndefined } from './withoutUndefined';

/** What the renderer of a workload type makes its objects from. */
export interface WorkloadParts extends WorkloadSubject {
  readonly template: { readonly metadata: object; readonly spec: object };
  /** For StatefulSets. */
  readonly claimTemplates: readonly KubeObject[];
}

/** Makes the objects of one workload type around a pod template. */
export type WorkloadBuilder = (parts: WorkloadParts) => readonly KubeObject[];

function frontsOf(subject: WorkloadSubject): readonly ServiceFront[] {
  const { component, name, selector } = subject;
  return component.ports.length === 0
    ? []
    : [
        {
          service: name,
          selector,
          ports: component.ports.map(port => ({
            name: portName(port),
            port: port.port,
            protocol: port.protocol,
            targetPort: port.port,
          })),
        },
      ];
}

function tcp(port: number | undefined): readonly OpenPort[] {
  return port === undefined ? [] : [{ port, protocol: 'TCP' }];
}

function subjectOf(
  component: WorkloadComponent,
  scope: RenderScope,
  version: string,
): WorkloadSubject {
  const source = { application: scope.application, component: component.name };
  return {
    component,
    scope,
    name: childName(source),
    labels: labelsFor({ ...source, tenant: scope.context.tenant, version }),
    selector: selectorFor(source),
  };
}

interface WorkloadRendering {
  readonly subject: WorkloadSubject;
  readonly image: string;
  readonly additions: readonly WorkloadAddition[];
  readonly build: WorkloadBuilder;
}

function renderWorkload(
  rendering: WorkloadRendering,
  edges: readonly Edge[],
): RenderedComponent {
  const { subject, image, additions, build } = rendering;
  const { template, warnings } = renderPodTemplate({
    subject,
    image,
    edges,
    additions,
  });
  const claimTemplates = additions.flatMap(entry => entry.claimTemplates ?? []);
  const built = build({ ...subject, template, claimTemplates });
  const desired = (object: KubeObject, retained: boolean): DesiredObject => ({
    object: withoutUndefined(object),
    component: subject.component.name,
    retained,
  });
  const retainVolumes = subject.scope.deletionPolicy === 'Retain';
  return {
    objects: [
      ...additions.flatMap(({ objects = [], volumeClaims = [] }) => [
        ...objects.map(object => desired(object, false)),
        ...volumeClaims.map(object => desired(object, retainVolumes)),
      ]),
      ...built.map(object => desired(object, false)),
    ],
    warnings: [
      ...additions.flatMap(entry => entry.warnings ?? []),
      ...warnings,
    ],
  };
}

/** Prepares a component that runs containers of its own: image, extras, and the objects that `build` makes of them. */
export function prepareWorkload(
  component: WorkloadComponent,
  scope: RenderScope,
  build: WorkloadBuilder,
): Preparation {
  const resolution = resolveImage(
    {
      application: scope.application,
      component: component.name,
      image: component.image,
    },
    scope.context,
  );
  if (resolution.kind === 'awaiting') {
    const { message } = resolution;
    return {
      kind: 'blocked',
      blocked: { reason: 'AwaitingImage', message },
      refusals: [],
    };
  }
  const { image } = resolution;
  const version = imageVersion(image.ref);
  const subject = subjectOf(component, scope, version);
  const additions = workloadExtras.map(extra => extra.render(subject));
  const blocked = additions.find(entry => entry.blocked)?.blocked;
  if (blocked !== undefined) {
    return { kind: 'blocked', image, blocked, refusals: [] };
  }
  return {
    kind: 'prepared',
    image,
    version,
    fronts: frontsOf(subject),
    exposed: tcp(exposedPort(component)),
    metrics: tcp(component.metrics?.port),
    ownServices: [],
    clustered: component.type === 'StatefulSet',
    render: edges =>
      renderWorkload({ subject, image: image.ref, additions, build }, edges),
  };
}
