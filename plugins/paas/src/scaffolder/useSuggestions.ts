import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../model/problemOf';

/** One thing to choose, and what helps to tell it from the others. */
export interface Suggestion {
  readonly value: string;
  readonly detail?: string;
}

export interface Suggestions {
  readonly options: readonly Suggestion[];
  readonly loading: boolean;
  /** Why there are none, or not all; a person can type on. */
  readonly problem?: string;
}

interface Held extends Suggestions {
  readonly key: string;
}

/** What there is to choose from, read once for each `key`. */
export function useSuggestions(
  key: string,
  read: (signal: AbortSignal) => Promise<{
    readonly options: readonly Suggestion[];
    readonly problem?: string;
  }>,
): Suggestions {
  const latest = useRef(read);
  latest.current = read;
  const [held, setHeld] = useState<Held>({ key, options: [], loading: true });
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    latest.current(signal).then(
      found => !signal.aborted && setHeld({ key, loading: false, ...found }),
      error => {
        if (signal.aborted) return;
        const { message } = problemOf(error, '');
        setHeld({ key, options: [], loading: false, problem: message });
      },
    );
    return () => abort.abort();
  }, [key]);
  return held.key === key ? held : { options: [], loading: true };
}
