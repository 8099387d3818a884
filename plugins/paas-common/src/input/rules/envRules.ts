import { whyReserved } from '../../domain/reservedSecrets';
import { WorkloadComponent } from '../../schema/Component';
import { listNames } from '../describeValue';
import { FieldPath } from '../fieldPath';
import { Finding } from '../finding';
import { findRepeats } from './repeats';

type Variable = WorkloadComponent['env'][number];

const sources = ['value', 'secretRef', 'configRef'] as const;

function checkSource(variable: Variable, path: FieldPath): readonly Finding[] {
  const given = sources.filter(source => variable[source] !== undefined);
  if (given.length === 1) return [];
  const quoted = given.map(source => `\`${source}\``);
  const allowed = 'exactly one of value, secretRef and configRef';
  const message =
    given.length === 0
      ? `\`${variable.name}\` has no value: give it one of \`value\`, \`secretRef\` and \`configRef\`.`
      : `\`${variable.name}\` has ${listNames(quoted)}: keep one of them.`;
  return [{ path, allowed, message }];
}

function checkSecret(variable: Variable, path: FieldPath): readonly Finding[] {
  const name = variable.secretRef?.name;
  const why = name === undefined ? undefined : whyReserved(name);
  return name === undefined || why === undefined
    ? []
    : [
        {
          path: [...path, 'secretRef', 'name'],
          found: name,
          message: `\`${variable.name}\` takes its value from the Secret "${name}", which is not an application's to use: it ${why}.`,
        },
      ];
}

function checkReserved(
  variable: Variable,
  path: FieldPath,
): readonly Finding[] {
  if (!variable.name.startsWith('KUBERNETES_')) return [];
  return [
    {
      path: [...path, 'name'],
      found: variable.name,
      warning: true,
      message: `\`${variable.name}\` begins with KUBERNETES_, where Kubernetes puts variables of its own: a program may take it for one of those.`,
    },
  ];
}

/** Variables named once, each with exactly one source. */
export function checkEnv(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const places = component.env.map((variable, index) => ({
    variable,
    at: [...path, 'env', index],
  }));
  const repeats = findRepeats(
    places.map(({ variable, at }) => ({
      key: variable.name,
      shown: variable.name,
      path: [...at, 'name'],
    })),
    'The variable',
  );
  return [
    ...repeats,
    ...places.flatMap(({ variable, at }) => [
      ...checkSource(variable, at),
      ...checkSecret(variable, at),
      ...checkReserved(variable, at),
    ]),
  ];
}
