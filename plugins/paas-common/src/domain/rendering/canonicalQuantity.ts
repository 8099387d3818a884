const decimalSuffixes = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const smallScales: Readonly<Record<string, number>> = { n: -9, u: -6 };

// Resource lists are kept in thousandths, rounded up.
const MILLI = 1000n;
const LARGEST = 2n ** 63n - 1n;

type Format = 'decimal' | 'binary' | 'exponent';

interface ParsedQuantity {
  readonly millis: bigint;
  readonly format: Format;
}

function roundedUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}

/** The power of ten of a decimal suffix: `k` is 3, `e4` is 4. */
function powerOf(suffix: string): number {
  if (/^e./.test(suffix)) {
    return Number(suffix.slice(1));
  }
  return smallScales[suffix] ?? (decimalSuffixes.indexOf(suffix) - 1) * 3;
}

function scaled(digits: bigint, suffix: string, places: number): bigint {
  const fraction = 10n ** BigInt(places);
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) {
    return roundedUp(digits * 1024n ** BigInt(binary) * MILLI, fraction);
  }
  const power = powerOf(suffix) + 3;
  return power >= 0
    ? roundedUp(digits * 10n ** BigInt(power), fraction)
    : roundedUp(digits, fraction * 10n ** BigInt(-power));
}

function formatOf(suffix: string): Format {
  if (suffix.endsWith('i')) return 'binary';
  return /^e./.test(suffix) ? 'exponent' : 'decimal';
}

function parse(text: string): ParsedQuantity | undefined {
  const match =
    /^(0|[1-9]\d*)?(?:\.(\d+))?([KMGTPE]i|[numkMGTPE]|e-?\d{1,2})?$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, whole = '', fraction = '', suffix = ''] = match;
  if (whole + fraction === '') {
    return undefined;
  }
  const format = formatOf(suffix);
  const millis = scaled(BigInt(whole + fraction), suffix, fraction.length);
  if (millis <= LARGEST * MILLI) {
    return { millis, format };
  }
  return format === 'binary' ? { millis: LARGEST * MILLI, format } : undefined;
}

function decimalText(millis: bigint, format: Format): string {
  if (millis === 0n) {
    return '0';
  }
  let amount = millis;
  let scale = 0;
  while (amount % 1000n === 0n && scale < decimalSuffixes.length - 1) {
    amount /= 1000n;
    scale += 1;
  }
  if (format !== 'exponent') {
    return `${amount}${decimalSuffixes[scale]}`;
  }
  return scale === 1 ? `${amount}` : `${amount}e${scale * 3 - 3}`;
}

function binaryText(millis: bigint): string {
  let amount = millis / MILLI;
  let scale = 0;
  while (amount % 1024n === 0n && scale < binarySuffixes.length - 1) {
    amount /= 1024n;
    scale += 1;
  }
  return `${amount}${binarySuffixes[scale]}`;
}

/**
 * A quantity as the API server stores it in requests and limits (`1000m` becomes `1`, `1024Mi` becomes `1Gi`, `0.5` becomes
 * `500m`), so that what is rendered and what is read back are the same text. Text in an unusual spelling (`01`, `1E3`) is
 * given back as it is, as the API server does, and text that is no quantity too: the API server says what is wrong with it.
 */
export function canonicalQuantity(text: string): string {
  const parsed = parse(text);
  if (parsed === undefined) {
    return text;
  }
  const { millis, format } = parsed;
  // Binary amounts below 1024, and those that are no whole number, are written in decimal.
  const binary =
    format === 'binary' && millis >= 1024n * MILLI && millis % MILLI === 0n;
  return binary ? binaryText(millis) : decimalText(millis, format);
}
