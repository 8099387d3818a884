import { Action } from '@understage/plugin-paas-common';
import { fieldText, planLines, weightOf } from './planLines';

const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'n',
  name: 'shop-api',
};
const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop-api' },
};
const changes = [{ path: 'spec.replicas', from: undefined, to: 3 }];

const update: Action = { kind: 'update', ref, object, changes, drift: true };
const remove: Action = {
  kind: 'delete',
  ref,
  uid: 'u',
  why: 'No longer wanted.',
};
const refuse: Action = {
  kind: 'refuse',
  ref,
  reason: 'OwnedByOther',
  message: 'It belongs to orders.',
};
const none: Action = { kind: 'none', ref };

describe('the lines of a plan', () => {
  it('name what is done to which object', () => {
    const { lines } = planLines([update, remove, refuse]);

    expect(lines.map(({ verb, object: what }) => `${verb} ${what}`)).toEqual([
      'Update Deployment shop-api',
      'Delete Deployment shop-api',
      'Refuse Deployment shop-api',
    ]);
  });

  it('say why, where there is a why', () => {
    const { lines } = planLines([update, remove, refuse]);

    expect(lines.map(line => line.why)).toEqual([
      'Somebody changed it in the cluster; this sets it back.',
      'No longer wanted.',
      'It belongs to orders.',
    ]);
  });

  it('show each field before and after', () => {
    expect(planLines([update]).lines[0].changes).toEqual([
      { path: 'spec.replicas', from: '(absent)', to: '3' },
    ]);
  });

  it('count what stays as it is instead of listing it', () => {
    expect(planLines([none, none, remove])).toMatchObject({
      unchanged: 2,
      lines: [{ verb: 'Delete' }],
    });
  });
});

describe('the weight of a plan', () => {
  it.each([
    [[none], 'nothing'],
    [[none, update], 'change'],
    [[update, remove], 'loss'],
    [[], 'nothing'],
  ] as const)('decides how loudly to ask', (actions, weight) => {
    expect(weightOf(actions)).toBe(weight);
  });
});

describe('a field as text', () => {
  it('keeps texts bare and shortens long ones', () => {
    expect(fieldText('nginx:1')).toBe('nginx:1');
    expect(fieldText({ a: [1] })).toBe('{"a":[1]}');
    expect(fieldText(null)).toBe('null');
    expect(fieldText('x'.repeat(500))).toHaveLength(201);
  });
});
