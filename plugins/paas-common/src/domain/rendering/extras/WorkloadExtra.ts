import { WorkloadComponent } from '../../../schema/Component';
import { DesiredComponent, Refusal } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { RenderScope } from '../ComponentRenderer';

/** What an extra is rendered for. */
export interface WorkloadSubject {
  readonly component: WorkloadComponent;
  readonly scope: RenderScope;
  /** `<application>-<component>`, shortened. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that select the component's pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/** What an extra adds to a workload. Everything is optional; volumes and mounts are in the API's own form. */
export interface WorkloadAddition {
  readonly objects?: readonly KubeObject[];
  /** Objects that outlive the application under `deletionPolicy: Retain`. */
  readonly volumeClaims?: readonly KubeObject[];
  /** Claims that a StatefulSet makes for each replica. */
  readonly claimTemplates?: readonly KubeObject[];
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly volumes?: readonly object[];
  readonly volumeMounts?: readonly object[];
  readonly warnings?: readonly Refusal[];
  /** Set when the component can not be rendered at all. */
  readonly blocked?: DesiredComponent['blocked'];
}

/** One concern of workloads in one file. Registered in `workloadExtras.ts`. Must not throw. */
export interface WorkloadExtra {
  readonly name: string;
  render(subject: WorkloadSubject): WorkloadAddition;
}
