import { createApiRef } from '@backstage/frontend-plugin-api';
import { StreamMessage } from '@understage/plugin-paas-common';

/** Whether the browser hears of changes. `since` is an RFC 3339 time. */
export type Connection =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly since: string }
  | {
      readonly kind: 'interrupted';
      readonly since: string;
      readonly why: string;
    };

export interface LiveListener {
  /** `complete` marks the whole state of the topic, to replace what is held; without it a message is a change. */
  onMessage(message: StreamMessage, complete: boolean): void;
}

/** One live stream for the whole browser tab, shared by everything on screen. */
export interface LiveUpdates {
  /** Listens to a topic until the returned function is called. */
  subscribe(topic: string, listener: LiveListener): () => void;
  connection(): Connection;
  /** Calls back after each change of `connection()` until the returned function is called. */
  onConnection(callback: () => void): () => void;
  /** Opens the stream anew at once, instead of waiting for the back-off. */
  reconnect(): void;
}

/** The tab's live stream. */
export const liveUpdatesApiRef = createApiRef<LiveUpdates>({
  id: 'plugin.paas.live',
});
