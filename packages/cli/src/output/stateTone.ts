import { ComponentState } from '@understage/plugin-paas-common';
import { Tone } from './Printer';

/** How a state is meant; the word itself always stands beside the colour. */
export const stateTone: Readonly<Record<ComponentState, Tone>> = {
  Ready: 'good',
  Progressing: 'accent1',
  Waiting: 'accent1',
  Paused: 'quiet',
  Degraded: 'warn',
  Failed: 'bad',
  Unknown: 'warn',
};
