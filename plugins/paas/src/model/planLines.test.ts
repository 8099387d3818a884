import { Action } from '@understage/plugin-paas-common';
import {
  changeTexts,
  fieldText,
  hasWork,
  planLines,
  weightOf,
} from './planLines';

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

describe('a change as texts', () => {
  it('does not depend on the order in which keys were written', () => {
    const { from, to } = changeTexts({
      from: [{ ports: [53], to: 'dns' }],
      to: [{ to: 'dns', ports: [53] }],
    });
    expect(from).toBe(to);
  });

  it('begins shortly before two long values differ', () => {
    const { from, to } = changeTexts({
      from: `${'x'.repeat(300)}old`,
      to: `${'x'.repeat(300)}new`,
    });
    expect(from).toBe(`…${'x'.repeat(40)}old`);
    expect(to).toBe(`…${'x'.repeat(40)}new`);
  });
});

describe('a plan with nothing to do', () => {
  const keep: Action = { kind: 'keep', ref, why: 'It was not read.' };

  it.each([
    [[], false],
    [[none, keep], false],
    [[none, update], true],
    [[refuse], true],
  ] as const)('is one that only keeps: %#', (actions, work) => {
    expect(hasWork(actions)).toBe(work);
  });
});
