import { z } from 'zod';
import { CliFailure, exitCodes } from '../exitCodes';
import { defineVerb, Verb } from '../Verb';
import { nearestName } from '@understage/plugin-paas-common';

const globalFlags = [
  '--namespace',
  '--context',
  '--kubeconfig',
  '--config',
  '--color',
  '--help',
  '--version',
];

/** Global flags that take a value, as a pattern: what follows them is no verb. */
const valueFlags = '-n|--namespace|--context|--kubeconfig|--config|--color';

/** One verb's line of a script: its name, what it does, its flags. */
type Entry = Pick<Verb, 'name' | 'summary' | 'flags' | 'verbs'>;

const namesOf = (entries: readonly Entry[]) =>
  entries.map(({ name }) => name).join(' ');

/** A group's verbs below their group: `tenant apply`. */
function withMembers(entry: Entry): readonly Entry[] {
  const members = (entry.verbs ?? []).map(verb => ({
    ...verb,
    name: `${entry.name} ${verb.name}`,
  }));
  return [entry, ...members];
}

const isGroup = ({ verbs }: Entry) => verbs !== undefined;

const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;

function bash(entries: readonly Entry[]): string {
  const cases = entries
    .flatMap(withMembers)
    .map(
      ({ name, flags, verbs = [] }) =>
        `    ${quoted(name)}) words='${[
          ...verbs.map(verb => verb.name),
          ...flags,
          ...globalFlags,
        ].join(' ')}' ;;`,
    )
    .join('\n');
  return `# bash completion for paas; load with: source <(paas completion bash)
_paas() {
  local current=\${COMP_WORDS[COMP_CWORD]} words verb=
  local word skip= groups=' ${namesOf(entries.filter(isGroup))} '
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      ${valueFlags}) skip=1 ;;
      -*) ;;
      *)
        verb=\${verb:+$verb }$word
        [[ $groups == *" $verb "* ]] || break ;;
    esac
  done
  case \${COMP_WORDS[COMP_CWORD-1]} in
    -o|--output) COMPREPLY=($(compgen -W 'table json yaml' -- "$current")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$current")); return ;;
  esac
  case $verb in
${cases}
    completion) words='bash zsh fish' ;;
    help) words='${namesOf(entries)}' ;;
    *) words='${namesOf(entries)} completion help ${globalFlags.join(' ')}' ;;
  esac
  if [[ -n $verb && $verb != completion && $verb != help && $groups != *" $verb "* && $current != -* ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o filenames -F _paas paas
`;
}

function zsh(entries: readonly Entry[]): string {
  const described = entries
    .map(
      ({ name, summary }) =>
        `    ${quoted(`${name}:${summary.replace(/:/g, ' ')}`)}`,
    )
    .join('\n');
  const cases = entries
    .map(entry => {
      const flags = [entry, ...(entry.verbs ?? [])].flatMap(each => each.flags);
      const all = [...new Set([...flags, ...globalFlags])].join(' ');
      return `    ${entry.name}) compadd -- ${all} ;;`;
    })
    .join('\n');
  const groups = entries
    .filter(isGroup)
    .map(
      ({ name, verbs = [] }) =>
        `      ${name}) compadd -- ${namesOf(verbs)}; return ;;`,
    )
    .join('\n');
  return `#compdef paas
# zsh completion for paas; load with: source <(paas completion zsh)
_paas() {
  local -a verbs
  verbs=(
${described}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  if (( CURRENT == 3 )); then
    case $words[2] in
${groups}
    esac
  fi
  if [[ $PREFIX != -* ]]; then
    _files
    return
  fi
  case $words[2] in
${cases}
  esac
}
compdef _paas paas
`;
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ name, summary, flags, verbs = [] }) => [
    `complete -c paas -n __fish_use_subcommand -f -a ${name} -d ${quoted(
      summary,
    )}`,
    ...verbs.map(
      verb =>
        `complete -c paas -n '__fish_seen_subcommand_from ${name}' -f -a ${
          verb.name
        } -d ${quoted(verb.summary)}`,
    ),
    ...[...flags, ...verbs.flatMap(verb => verb.flags)]
      .filter(flag => flag.startsWith('--'))
      .map(
        flag =>
          `complete -c paas -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(
            2,
          )}`,
      ),
  ]);
  return `# fish completion for paas; load with: paas completion fish | source
${lines.join('\n')}
${globalFlags.map(flag => `complete -c paas -l ${flag.slice(2)}`).join('\n')}
`;
}

const shells: Readonly<Record<string, (entries: readonly Entry[]) => string>> =
  { bash, zsh, fish };

/** Made from the verbs themselves, so that completion never lags behind them. */
export function completionFor(others: readonly Verb[]): Verb {
  return defineVerb({
    name: 'completion',
    operands: [{ syntax: '<shell>', help: 'bash, zsh or fish' }],
    summary: 'Print a completion script for a shell',
    examples: [
      ['source <(paas completion bash)', 'In ~/.bashrc'],
      ['paas completion fish | source', 'In ~/.config/fish/config.fish'],
    ],
    options: [],
    schema: z.object({}),
    async run({ out }, { operands: [shell] }) {
      if (!Object.hasOwn(shells, shell)) {
        const near = nearestName(shell, Object.keys(shells));
        throw new CliFailure(
          exitCodes.problem,
          `There is no completion for "${shell}": ${
            near === undefined
              ? 'bash, zsh and fish are known'
              : `did you mean ${near}`
          }.`,
        );
      }
      out.document(shells[shell](others));
      return exitCodes.done;
    },
  });
}
