import { PaasClusters } from '@understage/plugin-paas-node';
import { Directory } from '../people/Directory';
import { StreamChange } from './StreamChange';
import { StreamRights } from './StreamRights';

/** What somebody listens to: a complete state first, changes from then on. Messages are JSON, ready to be sent. */
export interface Topic {
  /** As the subscriber wrote it. */
  readonly name: string;
  /** The complete state; changes told later are relative to it. */
  state(): string;
  /** The message for a reader who holds an older state, and from here on gets changes. */
  resume(missed: Iterable<StreamChange>): string | undefined;
  /** The message for these changes; `undefined` when they do not concern the topic. */
  changes(changes: Iterable<StreamChange>): string | undefined;
  /** Whether a change could concern the topic at all; cheap, asked for every change. */
  concerns(change: StreamChange): boolean;
}

export interface TopicContext {
  readonly clusters: PaasClusters;
  readonly rights: StreamRights;
  readonly directory: Pick<Directory, 'latest'>;
}
