import fc from 'fast-check';
import { Interner } from './Interner';

describe('values that are shared', () => {
  it('are one where they are equal, and cannot be changed by either user', () => {
    const interner = new Interner();
    const first = interner.value({ a: { b: [1] } });
    const second = interner.value({ a: { b: [1] } });
    expect(second).toBe(first);
    expect(first).toEqual({ a: { b: [1] } });
    expect(() => Reflect.get(first, 'a').b.push(2)).toThrow(TypeError);
    expect(interner.size).toBe(1);
  });

  it('stay what they are where they are large: those are hardly ever equal', () => {
    const interner = new Interner();
    const large = { text: 'x'.repeat(2_048) };
    expect(interner.value(large)).toBe(large);
    expect(Object.isFrozen(large)).toBe(false);
    expect(interner.value({ ...large })).not.toBe(large);
    expect(interner.size).toBe(0);
    const edge = { t: 'x'.repeat(2_048 - '{"t":""}'.length) };
    expect(interner.value({ ...edge })).toBe(interner.value({ ...edge }));
  });

  it('are forgotten when nobody asked for them for long', () => {
    const interner = new Interner(2);
    const kept = interner.value({ n: 0 });
    for (let n = 1; n <= 20; n += 1) {
      interner.value({ n });
      expect(interner.value({ n: 0 })).toBe(kept);
    }
    const forgotten = interner.value({ n: 1 });
    expect(forgotten).toEqual({ n: 1 });
    expect(interner.size).toBeLessThanOrEqual(4);
  });

  it('are equal to what was asked for, whatever was asked for before, and bounded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 5 }),
        (values, limit) => {
          const interner = new Interner(limit);
          for (const value of values) {
            const json: unknown = JSON.parse(JSON.stringify(value));
            expect(JSON.stringify(interner.value(value))).toBe(
              JSON.stringify(json),
            );
            const text = JSON.stringify(json);
            expect(interner.text(text)).toBe(text);
            expect(interner.size).toBeLessThanOrEqual(4 * limit);
          }
        },
      ),
    );
  });
});
