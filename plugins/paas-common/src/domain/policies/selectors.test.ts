import { selects } from './selectors';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, values?: string[]) => ({
  matchExpressions: [{ key, operator, ...(values ? { values } : {}) }],
});

describe('selects', () => {
  it.each([
    ['an empty selector', {}],
    ['an equal label', { matchLabels: { app: 'web' } }],
    ['all equal labels', { matchLabels: { app: 'web', tier: 'front' } }],
    ['In', expression('app', 'In', ['web', 'api'])],
    ['NotIn', expression('app', 'NotIn', ['api'])],
    ['NotIn of a label that is absent', expression('zone', 'NotIn', ['a'])],
    ['Exists', expression('tier', 'Exists')],
    ['DoesNotExist', expression('zone', 'DoesNotExist')],
    [
      'both forms together',
      { matchLabels: { app: 'web' }, ...expression('tier', 'Exists') },
    ],
  ])('selects by %s', (_form, selector) => {
    expect(selects(selector, labels)).toBe(true);
  });

  it.each([
    ['an absent selector', undefined],
    ['a label of another value', { matchLabels: { app: 'api' } }],
    ['one of two labels', { matchLabels: { app: 'web', tier: 'back' } }],
    ['a label of the prototype', { matchLabels: { constructor: 'Object' } }],
    ['In', expression('app', 'In', ['api'])],
    ['In of a label that is absent', expression('zone', 'In', ['a'])],
    ['NotIn', expression('app', 'NotIn', ['web'])],
    ['Exists', expression('zone', 'Exists')],
    ['Exists of a name of the prototype', expression('toString', 'Exists')],
    ['DoesNotExist', expression('app', 'DoesNotExist')],
    ['an unknown operator', expression('app', 'Gt', ['1'])],
    [
      'one of both forms',
      { matchLabels: { app: 'web' }, ...expression('zone', 'Exists') },
    ],
  ])('does not select by %s', (_form, selector) => {
    expect(selects(selector, labels)).toBe(false);
  });
});
