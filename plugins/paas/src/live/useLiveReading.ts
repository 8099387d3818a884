import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { StreamMessage } from '@understage/plugin-paas-common';
import { liveUpdatesApiRef } from '../api/LiveUpdates';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';

/** What a live view holds: the last value, though a later read may have failed. */
export interface LiveReading<T> {
  readonly value?: T;
  readonly problem?: ViewProblem;
  readonly loading: boolean;
  /** Reads again now. */
  reload(): void;
  /** Changes what is held, for example to sort it. */
  update(change: (value: T) => T): void;
}

export interface LiveSource<T> {
  /** The topic, also the identity: another topic starts from nothing. */
  readonly topic: string;
  read(signal: AbortSignal): Promise<T>;
  /** The value after a message of the topic; the same value when the message does not concern it. */
  reduce(value: T | undefined, heard: Heard): T | undefined;
}

/** A message; `complete` ones are the whole state of the topic. */
export interface Heard {
  readonly message: StreamMessage;
  readonly complete: boolean;
}

interface Held<T> {
  readonly topic: string;
  readonly value?: T;
  readonly problem?: ViewProblem;
  readonly loading: boolean;
}

/**
 * Reads once, for a fast first picture and its errors, then follows the stream, which begins with the complete state.
 * Messages that arrive during the read are applied on top of its answer, in order.
 */
export function useLiveReading<T>(source: LiveSource<T>): LiveReading<T> {
  const live = useApi(liveUpdatesApiRef);
  const clock = useClock();
  const latest = useRef(source);
  latest.current = source;
  const { topic } = source;
  const [held, setHeld] = useState<Held<T>>({ topic, loading: true });
  const reload = useRef(() => {});

  useEffect(() => {
    let reading: AbortController | undefined;
    let heardMeanwhile: Heard[] = [];
    const reduce = (value: T | undefined, heard: Heard) =>
      latest.current.reduce(value, heard);
    const read = async () => {
      reading?.abort();
      const abort = new AbortController();
      reading = abort;
      heardMeanwhile = [];
      try {
        const answer = await latest.current.read(abort.signal);
        if (abort.signal.aborted) return;
        const value = heardMeanwhile.reduce<T | undefined>(reduce, answer);
        setHeld({ topic, value, loading: false });
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = problemOf(error, clock.now().toISOString());
        setHeld(before => ({
          topic,
          loading: false,
          problem,
          ...(before.topic === topic && problem.kind === 'failed'
            ? { value: before.value }
            : {}),
        }));
      } finally {
        if (reading === abort) reading = undefined;
      }
    };
    const onMessage = (message: StreamMessage, complete: boolean) => {
      // The complete state follows a resync; until then the last one stays.
      if (message.type === 'heartbeat' || message.type === 'resync') return;
      if (message.type === 'denied') {
        reading?.abort();
        setHeld({
          topic,
          loading: false,
          problem: { kind: 'forbidden', message: message.message },
        });
        return;
      }
      const heard = { message, complete };
      if (reading) heardMeanwhile.push(heard);
      setHeld(before => {
        if (before.topic !== topic) return before;
        const value = reduce(before.value, heard);
        if (value === before.value) return before;
        // What is there was created since a read did not find it: the problem is none any longer.
        return complete || before.problem?.kind === 'missing'
          ? { topic, value, loading: false }
          : { ...before, value };
      });
    };
    reload.current = read;
    setHeld(before =>
      before.topic === topic ? before : { topic, loading: true },
    );
    read();
    const unsubscribe = live.subscribe(topic, { onMessage });
    return () => {
      unsubscribe();
      reading?.abort();
      reload.current = () => {};
    };
  }, [topic, live, clock]);

  const current: Held<T> =
    held.topic === topic ? held : { topic, loading: true };
  return {
    value: current.value,
    problem: current.problem,
    loading: current.loading,
    reload: useCallback(() => reload.current(), []),
    update: useCallback(
      (change: (value: T) => T) =>
        setHeld(before =>
          before.value === undefined
            ? before
            : { ...before, value: change(before.value) },
        ),
      [],
    ),
  };
}
