const decimalScales: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const NANO = 10n ** 9n;
// The API server caps amounts at the largest signed 64-bit integer.
const LARGEST = (2n ** 63n - 1n) * NANO;

interface ParsedQuantity {
  readonly nanos: bigint;
  readonly format: 'decimal' | 'binary' | 'exponent';
}

function divideRoundingUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}

function scaleOf(suffix: string): { factor: bigint; divisor: bigint } {
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) {
    return { factor: NANO * 1024n ** BigInt(binary), divisor: 1n };
  }
  const exponent =
    /^[eE]/.test(suffix) && suffix.length > 1
      ? Number(suffix.slice(1))
      : decimalScales[suffix];
  const power = 9 + exponent;
  return power >= 0
    ? { factor: 10n ** BigInt(power), divisor: 1n }
    : { factor: 1n, divisor: 10n ** BigInt(-power) };
}

function formatOf(suffix: string): ParsedQuantity['format'] {
  if (suffix.endsWith('i')) return 'binary';
  return /^[eE]./.test(suffix) ? 'exponent' : 'decimal';
}

function parse(text: string): ParsedQuantity | undefined {
  const match =
    /^(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const { factor, divisor } = scaleOf(suffix);
  const nanos = divideRoundingUp(
    BigInt(whole + fraction) * factor,
    divisor * 10n ** BigInt(fraction.length),
  );
  return { nanos: nanos > LARGEST ? LARGEST : nanos, format: formatOf(suffix) };
}

function decimalText(nanos: bigint, format: ParsedQuantity['format']): string {
  if (nanos === 0n) return '0';
  let amount = nanos;
  let scale = 0;
  while (amount % 1000n === 0n && scale < decimalSuffixes.length - 1) {
    amount /= 1000n;
    scale += 1;
  }
  if (format === 'exponent') {
    const power = scale * 3 - 9;
    return power === 0 ? `${amount}` : `${amount}e${power}`;
  }
  return `${amount}${decimalSuffixes[scale]}`;
}

function binaryText(nanos: bigint): string {
  let amount = divideRoundingUp(nanos, NANO);
  let scale = 0;
  while (
    amount !== 0n &&
    amount % 1024n === 0n &&
    scale < binarySuffixes.length - 1
  ) {
    amount /= 1024n;
    scale += 1;
  }
  return `${amount}${binarySuffixes[scale]}`;
}

/**
 * A quantity as the API server stores it (`1000m` becomes `1`, `1024Mi` becomes `1Gi`, `0.5` becomes `500m`), so that what
 * is rendered and what is read back are the same text. Text that is no quantity is given back as it is: the API server
 * will say what is wrong with it. Follows `CanonicalizeBytes` of k8s.io/apimachinery/pkg/api/resource.
 */
export function canonicalQuantity(text: string): string {
  const parsed = parse(text);
  if (parsed === undefined) {
    return text;
  }
  const { nanos, format } = parsed;
  // Amounts below 1024 are written in decimal although they were given in binary.
  return format === 'binary' && nanos >= 1024n * NANO
    ? binaryText(nanos)
    : decimalText(nanos, format === 'binary' ? 'decimal' : format);
}
