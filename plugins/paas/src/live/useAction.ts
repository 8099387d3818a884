import { useState } from 'react';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';

/** Where something that the user asked for stands. The result stays until it is dismissed or asked anew. */
export type ActionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly what: string }
  | { readonly kind: 'done'; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly what: string;
      readonly problem: ViewProblem;
    };

/** Runs one thing at a time and keeps its result. `run` answers whether it went well. */
export function useAction() {
  const clock = useClock();
  const [state, setState] = useState<ActionState>({ kind: 'idle' });
  const run = async (
    what: string,
    task: () => Promise<string>,
  ): Promise<boolean> => {
    setState({ kind: 'running', what });
    try {
      setState({ kind: 'done', message: await task() });
      return true;
    } catch (error) {
      const problem = problemOf(error, clock.now().toISOString());
      setState({ kind: 'failed', what, problem });
      return false;
    }
  };
  return { state, run, dismiss: () => setState({ kind: 'idle' }) };
}
