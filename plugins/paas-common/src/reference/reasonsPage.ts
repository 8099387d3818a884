import { Audience, Reason, reasons } from '../domain/reasons';
import { generatedNote } from './generatedNote';

const titles: Readonly<Record<Audience, string>> = {
  user: 'For the owner of the application',
  platform: 'For the platform team',
  waiting: 'Nothing to do but wait',
  intended: 'As it was asked for',
  nobody: 'All is well',
};
const order: readonly Audience[] = [
  'user',
  'platform',
  'waiting',
  'intended',
  'nobody',
];

function isReason(name: string): name is Reason {
  return Object.hasOwn(reasons, name);
}

function section(audience: Audience): string {
  const rows = Object.keys(reasons)
    .filter(isReason)
    .filter(name => reasons[name].audience === audience)
    .sort()
    .map(name => `| \`${name}\` | ${reasons[name].sentence} |`);
  return `## ${
    titles[audience]
  }\n\n| reason | meaning |\n| --- | --- |\n${rows.join('\n')}`;
}

/** docs/reference/reasons.md: the vocabulary of conditions, refusals, events and screens. */
export function reasonsPage(): string {
  const intro =
    'Conditions, refusals, events, the portal and the CLI say why something is as it is in one of these words. The message beside it says what it means in the case at hand.';
  return `${['# Reasons', generatedNote, intro, ...order.map(section)].join(
    '\n\n',
  )}\n`;
}
