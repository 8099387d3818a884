import { configMap } from '../testing/objects';
import { matchesFields, matchesLabels } from './selectors';

const object = configMap(
  { name: 'a', namespace: 'shop', labels: { app: 'web', 'x.dev/tier': 'one' } },
  { key: 'value' },
);

describe('matchesLabels', () => {
  it.each([
    [undefined, true],
    ['', true],
    ['app', true],
    ['!app', false],
    ['missing', false],
    ['!missing', true],
    ['app=web', true],
    ['app==web', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=db', true],
    ['x.dev/tier=one', true],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['app notin (db,cache)', true],
    ['missing notin (db)', true],
    ['app=web,x.dev/tier in (one,two)', true],
    ['app=web,x.dev/tier=two', false],
    [' app = web ', true],
    ['app != web', false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesLabels(object, selector)).toBe(expected);
  });

  it('takes an object without labels for one without any', () => {
    const bare = configMap({ name: 'a' });
    expect(matchesLabels(bare, 'app')).toBe(false);
    expect(matchesLabels(bare, '!app')).toBe(true);
  });
});

describe('matchesFields', () => {
  it.each([
    [undefined, true],
    ['metadata.name=a', true],
    ['metadata.name=b', false],
    ['metadata.name!=b', true],
    ['metadata.namespace=shop,metadata.name=a', true],
    ['data.key=value', true],
    ['spec.nodeName=', true],
    ['spec.nodeName!=', false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesFields(object, selector)).toBe(expected);
  });
});
