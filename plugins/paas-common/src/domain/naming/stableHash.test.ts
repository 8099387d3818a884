import fc from 'fast-check';
import { shortHash, stableHash } from './stableHash';

describe('stableHash', () => {
  // Exact texts: they stand in annotations and names of running objects.
  it.each([
    ['', '1ca5db1a76fcf01d'],
    ['a', '465511b01e26817a'],
    ['user-service/redis', 'e792542fa70b4821'],
    ['Größe 🙂', 'c9e78cd313136aa1'],
  ])('of %j is %s', (text, hash) => {
    expect(stableHash(text)).toBe(hash);
  });

  it('is 16 hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(stableHash(text)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it('differs for 100,000 texts that differ in little', () => {
    const hashes = new Set<string>();
    for (let index = 0; index < 100_000; index++) {
      hashes.add(stableHash(`component-${index}`));
    }
    expect(hashes.size).toBe(100_000);
  });

  it('notices an order and a repetition', () => {
    expect(stableHash('ab')).not.toBe(stableHash('ba'));
    expect(stableHash('aa')).not.toBe(stableHash('a'));
    expect(stableHash('\0')).not.toBe(stableHash(''));
  });

  it('spreads over all of its bits', () => {
    const ones = new Array<number>(64).fill(0);
    for (let index = 0; index < 2000; index++) {
      const bits = BigInt(`0x${stableHash(`text ${index}`)}`)
        .toString(2)
        .padStart(64, '0');
      [...bits].forEach((bit, position) => {
        ones[position] += Number(bit);
      });
    }
    for (const count of ones) {
      expect(count).toBeGreaterThan(850);
      expect(count).toBeLessThan(1150);
    }
  });
});

describe('shortHash', () => {
  it('is 8 characters that may stand anywhere in a DNS label, without vowels', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(shortHash(text)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{8}$/);
      }),
    );
  });
});
