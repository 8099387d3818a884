import { explainForeignLetter, foldLookalikes } from './lookalikes';
import { nearestName } from './nearestName';

const fields = [
  'name',
  'type',
  'image',
  'replicas',
  'resources',
  'ports',
  'env',
  'readOnlyRootFilesystem',
];

describe('the nearest name', () => {
  it.each([
    ['replcias', 'replicas'],
    ['replica', 'replicas'],
    ['Replicas', 'replicas'],
    ['port', 'ports'],
    ['resource', 'resources'],
    ['read_only_root_filesystem', 'readOnlyRootFilesystem'],
    ['imаge', 'image'],
    ['imgae', 'image'],
    ['evn', 'env'],
    ['containers', undefined],
    ['x', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['r'.repeat(100_000), undefined],
  ])('of %j', (name, nearest) => {
    expect(nearestName(name, fields)).toBe(nearest);
  });

  it('is never the name itself', () => {
    expect(nearestName('env', ['env'])).toBeUndefined();
  });
});

describe('letters that look alike', () => {
  it.each([
    ['раураl', 'paypal'],
    ['ＡＢＣ', 'ABC'],
    ['a—b', 'a-b'],
    ['“x”', '"x"'],
    ['a\u00a0b', 'a b'],
    ['\u200bx', 'x'],
  ])('are folded: %j', (text, ascii) => {
    expect(foldLookalikes(text)).toBe(ascii);
  });

  it.each([
    ['abc', undefined],
    ['аbc', 'Its "а" (U+0430) only looks like "a".'],
    ['a\u00a0b', 'It holds a special space (U+00A0).'],
    ['a\u202eb', 'It holds an invisible character (U+202E).'],
    ['😀', 'It holds "😀" (U+1F600).'],
  ])('are named: %j', (text, sentence) => {
    expect(explainForeignLetter(text)).toBe(sentence);
  });
});
