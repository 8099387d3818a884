import {
  Audience,
  ComponentState,
  Reason,
  reasons,
} from '@understage/plugin-paas-common';

/** The five tones of the design; each has a text and a background colour with a contrast of 4.5 in both themes. */
export type Tone = 'positive' | 'negative' | 'warning' | 'active' | 'neutral';

const tones: Readonly<Record<ComponentState, Tone>> = {
  Ready: 'positive',
  Progressing: 'active',
  Waiting: 'warning',
  Degraded: 'warning',
  Failed: 'negative',
  Paused: 'neutral',
  Unknown: 'neutral',
};

/** The tone a state is shown in. Colour never stands alone: the state's name and a shape are beside it. */
export function toneOf(state: ComponentState): Tone {
  return tones[state];
}

const whoActs: Readonly<Record<Audience, string | undefined>> = {
  nobody: undefined,
  intended: undefined,
  waiting: 'The platform is working on it; nothing to do.',
  user: 'Somebody of the owning team has to act.',
  platform: 'The platform team has to act.',
};

/** Who has to do something about a reason; `undefined` when nobody has, or the reason is not one of ours. */
export function whoHasToAct(reason: string): string | undefined {
  return isReason(reason) ? whoActs[reasons[reason].audience] : undefined;
}

/** What a reason means in general; `undefined` for reasons that are not ours. */
export function reasonSentence(reason: string): string | undefined {
  return isReason(reason) ? reasons[reason].sentence : undefined;
}

/** Whether a word is one of our reasons: others may come from other versions. */
export function isReason(reason: string): reason is Reason {
  return Object.hasOwn(reasons, reason);
}
