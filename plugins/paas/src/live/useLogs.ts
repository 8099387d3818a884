import { useEffect, useReducer, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  ApplicationRef,
  formatApplicationRef,
  LogMessage,
  LogQuery,
  StreamState,
} from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { HeldLine, LogRing } from '../model/logRing';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';

/** Where the reading stands. `read`: nothing more comes. */
export type LogProgress =
  | { readonly kind: 'opening' }
  | { readonly kind: 'following' }
  | { readonly kind: 'interrupted'; readonly why: string; readonly at: string }
  | { readonly kind: 'read'; readonly message?: string }
  | { readonly kind: 'problem'; readonly problem: ViewProblem };

/** What is on screen of some logs. */
export interface LogReading {
  readonly lines: readonly HeldLine[];
  /** Lines that had to make room since the beginning. */
  readonly dropped: number;
  readonly progress: LogProgress;
  /** Containers of which the log could not be read, and why. */
  readonly refused: readonly string[];
  /** Containers that were left out because they are too many. */
  readonly left: number;
  /** Begins again. */
  reload(): void;
}

/** Lines that come within this time are drawn together. */
const DRAW_MS = 50;

class Reading {
  readonly ring = new LogRing();
  progress: LogProgress = { kind: 'opening' };
  refused: readonly string[] = [];
  left = 0;
}

/** Reads logs; another query begins anew, except that ending and taking up following keeps what is held. */
export function useLogs(
  ref: ApplicationRef,
  query: LogQuery | undefined,
): LogReading {
  const api = useApi(paasApiRef);
  const clock = useClock();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [attempt, setAttempt] = useState(0);
  const { follow, ...what } = query ?? {};
  const identity = `${formatApplicationRef(ref)} ${JSON.stringify(
    what,
  )} ${attempt}`;
  const held = useRef({ identity, reading: new Reading() });
  if (held.current.identity !== identity) {
    held.current = { identity, reading: new Reading() };
  }
  const { reading } = held.current;

  useEffect(() => {
    if (!query) return () => {};
    const abort = new AbortController();
    const { signal } = abort;
    let cancel: (() => void) | undefined;
    const drawSoon = () => {
      cancel ??= clock.setTimer(() => {
        cancel = undefined;
        draw();
      }, DRAW_MS);
    };
    const become = (progress: LogProgress) => {
      reading.progress = progress;
      drawSoon();
    };
    const time = () => clock.now().toISOString();
    become({ kind: 'opening' });
    api
      .readLogs(ref, query, {
        signal,
        onMessage: message => {
          if (signal.aborted) return;
          take(reading, message);
          drawSoon();
        },
        onState: state => {
          const next = progressOf(state, reading.progress, time());
          if (!signal.aborted && next) become(next);
        },
      })
      .catch(error => {
        if (signal.aborted) return;
        become({ kind: 'problem', problem: problemOf(error, time()) });
      });
    return () => {
      abort.abort();
      cancel?.();
    };
    // The identity names everything that is asked; the values are new ones at each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, clock, reading, follow, query === undefined]);

  return {
    lines: reading.ring.lines,
    dropped: reading.ring.dropped,
    progress: reading.progress,
    refused: reading.refused,
    left: reading.left,
    reload: () => setAttempt(count => count + 1),
  };
}

function take(reading: Reading, message: LogMessage) {
  switch (message.type) {
    case 'lines':
      reading.ring.append(message, message.lines);
      break;
    case 'reading':
      reading.left = message.left;
      break;
    case 'problem': {
      const { pod, container, message: why } = message;
      const sentence = `${pod} ${container}: ${why}`;
      reading.refused = [...new Set([...reading.refused, sentence])].slice(-5);
      break;
    }
    case 'end':
      reading.progress = { kind: 'read', message: message.message };
      break;
    default:
  }
}

// A new attempt that fails does not make the interruption younger.
function progressOf(
  state: StreamState,
  before: LogProgress,
  at: string,
): LogProgress | undefined {
  if (state.kind === 'open') return { kind: 'following' };
  if (state.kind === 'connecting') return undefined;
  const since = before.kind === 'interrupted' ? before.at : at;
  return { kind: 'interrupted', why: state.why, at: since };
}
