import fc from 'fast-check';
import { parseQuantity, sameQuantity } from './quantity';

describe('quantities', () => {
  it.each([
    ['500m', '0.5'],
    ['1Gi', '1024Mi'],
    ['1', '1000m'],
    [1, '1'],
    ['1e3', '1k'],
    ['1E', '1e18'],
    ['0.5Gi', '512Mi'],
    ['128974848', '123Mi'],
    ['.5', '500m'],
    ['0', '0Gi'],
    ['1.5Ei', '1572864Ti'],
  ])('%s and %s are the same amount', (left, right) => {
    expect(sameQuantity(left, right)).toBe(true);
  });

  it.each([
    ['1Gi', '1G'],
    ['500m', '501m'],
    ['1', '1000'],
    ['-1', '1'],
    ['1M', '1m'],
  ])('%s and %s are different amounts', (left, right) => {
    expect(sameQuantity(left, right)).toBe(false);
  });

  it.each(['', 'abc', '1 Gi', '1gi', 'Gi', '1e', '--1', undefined, null, {}])(
    '%p is no quantity, and equals nothing',
    value => {
      expect(parseQuantity(value)).toBeUndefined();
      expect(sameQuantity(value, value)).toBe(false);
    },
  );

  it('counts in billionths and rounds up what is finer, as the API server does', () => {
    expect(parseQuantity('1n')).toBe(1n);
    expect(parseQuantity('0.0000000001')).toBe(1n);
    expect(parseQuantity('2')).toBe(2_000_000_000n);
  });

  it('keep their amount when written in thousandths', () => {
    fc.assert(
      fc.property(fc.nat(), amount => {
        expect(sameQuantity(`${amount}`, `${BigInt(amount) * 1000n}m`)).toBe(
          true,
        );
      }),
    );
  });
});
