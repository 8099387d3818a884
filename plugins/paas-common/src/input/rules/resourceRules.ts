import { WorkloadComponent } from '../../schema/Component';
import { FieldPath, fieldLabel } from '../fieldPath';
import { Finding } from '../finding';
import { parseQuantity } from '../../domain/planning/quantity';

type Amounts = NonNullable<
  NonNullable<WorkloadComponent['resources']>['limits']
>;
type AmountName = keyof Amounts;

interface Range {
  readonly least: string;
  readonly most: string;
  readonly allowed: string;
}

const amount = (most: string): Range => ({
  least: '1Mi',
  most,
  allowed: `an amount with its unit, from 1Mi to ${most}`,
});
const ranges: Readonly<Record<AmountName, Range>> = {
  cpu: {
    least: '1m',
    most: '10000',
    allowed: 'CPU cores, from 1m (a thousandth) to 10000',
  },
  memory: amount('1Pi'),
  'ephemeral-storage': amount('1Ei'),
  'nvidia.com/gpu': {
    least: '0',
    most: '1000',
    allowed: 'a whole number of devices from 0 to 1000',
  },
};
const volumeRange = amount('1Ei');
const ratioRange: Range = {
  least: '1',
  most: '1000',
  allowed: 'a whole number from 1 to 1000',
};
const mebibyte = parseQuantity('1Mi') ?? 0n;
const names: readonly AmountName[] = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'nvidia.com/gpu',
];

/** `512` and `400m` are bytes and thousandths of bytes; what is meant are mebibytes. */
function adviseOnUnit(text: string, range: Range): string | undefined {
  const candidate = `${text.replace(/m$/, '')}Mi`;
  const isPlain = range.least === '1Mi' && /^[0-9.]+m?$/.test(text);
  const value = isPlain ? parseQuantity(candidate) : undefined;
  const isSmall = (parseQuantity(text) ?? 0n) < mebibyte;
  return isSmall && value !== undefined && isInRange(candidate, value, range)
    ? candidate
    : undefined;
}

function isInRange(text: string, value: bigint, range: Range): boolean {
  const least = parseQuantity(range.least) ?? 0n;
  const most = parseQuantity(range.most) ?? 0n;
  const isCount = range.least === '0' || range.least === '1';
  const isWhole = !isCount || /^[0-9]+$/.test(text);
  return value >= least && value <= most && isWhole;
}

function checkRange(
  text: string,
  range: Range,
  path: FieldPath,
): Finding | undefined {
  const value = parseQuantity(text);
  if (value !== undefined && isInRange(text, value, range)) return undefined;
  const suggestion = adviseOnUnit(text, range);
  const hint =
    suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
  return {
    path,
    found: text,
    allowed: range.allowed,
    ...(suggestion !== undefined && { suggestion }),
    message: `\`${fieldLabel(path)}\` is ${text}; it has to be ${
      range.allowed
    }.${hint}`,
  };
}

/** Amounts in a range that a cluster can have. */
export function checkAmounts(
  amounts: Amounts | undefined,
  path: FieldPath,
): readonly Finding[] {
  return names.flatMap(name => {
    const text = amounts?.[name];
    const finding =
      text === undefined
        ? undefined
        : checkRange(text, ranges[name], [...path, name]);
    return finding ? [finding] : [];
  });
}

function checkOrder(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const { requests = {}, limits = {} } = component.resources ?? {};
  return names.flatMap(name => {
    const requested = requests[name];
    const limit = limits[name];
    if (requested === undefined || limit === undefined) return [];
    const above =
      (parseQuantity(requested) ?? 0n) > (parseQuantity(limit) ?? 0n);
    return above
      ? [
          {
            path: [...path, 'resources', 'requests', name],
            found: requested,
            allowed: `at most ${limit}`,
            message: `\`${name}\` requests ${requested}, more than its limit of ${limit}. Raise the limit or request less.`,
          },
        ]
      : [];
  });
}

function checkDevices(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const name = 'nvidia.com/gpu';
  const requested = component.resources?.requests?.[name];
  const limit = component.resources?.limits?.[name];
  if (
    requested === undefined ||
    Number(requested) >= Number(limit ?? requested) === (limit !== undefined)
  )
    return [];
  return [
    {
      path: [...path, 'resources', 'requests', name],
      found: requested,
      allowed: 'the same number as in limits',
      message: `\`${name}\` requests ${requested} and its limit is ${
        limit ?? 'not set'
      }: devices are not shared, so both have to be equal. Leave the request out to use the limit.`,
    },
  ];
}

/** Amounts in a range that a cluster can have, requests within limits, devices whole and not shared. */
export function checkResources(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const { requests, limits } = component.resources ?? {};
  const amounts = [
    ...checkAmounts(requests, [...path, 'resources', 'requests']),
    ...checkAmounts(limits, [...path, 'resources', 'limits']),
  ];
  if (amounts.length > 0) return amounts;
  const order = checkOrder(component, path);
  return order.length > 0 ? order : checkDevices(component, path);
}

/** How many times one amount another may be, for each that is given. */
export function checkRatios(
  ratios: Readonly<Record<string, string>> | undefined,
  path: FieldPath,
): readonly Finding[] {
  return Object.entries(ratios ?? {}).flatMap(([name, text]) => {
    const finding = checkRange(text, ratioRange, [...path, name]);
    return finding ? [finding] : [];
  });
}

/** The size of a volume, in the same terms. */
export function checkVolumeSize(
  size: string,
  path: FieldPath,
): readonly Finding[] {
  const finding = checkRange(size, volumeRange, path);
  return finding ? [finding] : [];
}
