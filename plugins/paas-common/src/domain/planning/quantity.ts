const QUANTITY =
  /^([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:(m|u|n|k|Ki|Mi|Gi|Ti|Pi|Ei|M|G|T|P|E)|[eE]([+-]?[0-9]{1,3}))?$/;

/** Decimal exponent of each decimal suffix. */
const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** Binary exponent of each binary suffix. */
const binary: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};

/**
 * A Kubernetes quantity (`500m`, `1.5Gi`, `1e3`, `2`) in billionths of its unit, exactly; undefined for any other text.
 * Finer than a billionth is rounded up, as the API server does.
 */
export function parseQuantity(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = QUANTITY.exec(String(value));
  if (!match) return undefined;
  const [, sign, digits, suffix = '', exponentText] = match;
  const [whole, fraction = ''] = digits.split('.');
  const power =
    exponentText === undefined ? decimal[suffix] ?? 0 : Number(exponentText);
  // The number is BigInt(whole + fraction) * 10^(power - fraction.length) * 2^binary.
  let scaled =
    BigInt(`${whole}${fraction}` || '0') * 2n ** BigInt(binary[suffix] ?? 0);
  const shift = 9 + power - fraction.length;
  if (shift >= 0) {
    scaled *= 10n ** BigInt(shift);
  } else {
    const divisor = 10n ** BigInt(-shift);
    scaled = (scaled + divisor - 1n) / divisor;
  }
  return sign === '-' ? -scaled : scaled;
}

/** True when both are quantities of the same amount: `500m` and `0.5`, `1Gi` and `1024Mi`. */
export function sameQuantity(left: unknown, right: unknown): boolean {
  const amount = parseQuantity(left);
  return amount !== undefined && amount === parseQuantity(right);
}
