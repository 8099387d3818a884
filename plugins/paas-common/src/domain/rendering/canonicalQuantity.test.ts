import fc from 'fast-check';
import { canonicalQuantity } from './canonicalQuantity';

describe('canonicalQuantity', () => {
  // Answers of a real API server; renderApplication.contract.test.ts asks one.
  it.each([
    ['0', '0'],
    ['2', '2'],
    ['0.5', '500m'],
    ['0.25', '250m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.1m', '1m'],
    ['1u', '1m'],
    ['1n', '1m'],
    ['1k', '1k'],
    ['1000k', '1M'],
    ['1500k', '1500k'],
    ['1000000', '1M'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['1e4', '10e3'],
    ['1e9', '1e9'],
    ['1e-3', '1e-3'],
    ['1Ki', '1Ki'],
    ['1024Mi', '1Gi'],
    ['4096Mi', '4Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['0.5Ki', '512'],
    ['1024', '1024'],
    ['0.1Gi', '107374182400m'],
    ['9Ei', '9223372036854775807'],
    ['0Ki', '0'],
    ['.5', '500m'],
  ])('of %s is %s', (text, stored) => {
    expect(canonicalQuantity(text)).toBe(stored);
  });

  it.each([
    '',
    '01',
    '1E3',
    '5.',
    '+1',
    '-1',
    'much',
    '1 Gi',
    '1GI',
    '100E',
    '1e999',
    'NaN',
    '1e+21',
    '.',
  ])('leaves %j as it is', text => {
    expect(canonicalQuantity(text)).toBe(text);
  });

  const suffixes = ['', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti', 'e2'];

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom(...suffixes),
        (whole, part, suffix) => {
          const once = canonicalQuantity(`${whole}.${part}${suffix}`);
          expect(canonicalQuantity(once)).toBe(once);
        },
      ),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(typeof canonicalQuantity(text)).toBe('string');
      }),
    );
  });
});
