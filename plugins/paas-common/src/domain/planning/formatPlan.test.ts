import { Action, Plan } from '../action';
import { formatPlan, planText, summarisePlan, valueText } from './formatPlan';

const ref = (kind: string, name = 'shop-web') => ({
  apiVersion: 'v1',
  kind,
  namespace: 'shop',
  name,
});
const object = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop-web' },
};
const changes = [
  { path: 'spec.replicas', from: 1, to: 3 },
  { path: 'spec.paused', from: true, to: undefined },
  { path: 'metadata.labels.a', from: undefined, to: 'b' },
];

const actions: readonly Action[] = [
  { kind: 'none', ref: ref('ServiceAccount') },
  { kind: 'create', ref: ref('Service'), object },
  { kind: 'update', ref: ref('Deployment'), object, changes, drift: false },
  {
    kind: 'update',
    ref: ref('ConfigMap'),
    object,
    changes: changes.slice(0, 1),
    drift: true,
  },
  {
    kind: 'replace',
    ref: ref('Job'),
    uid: '1',
    object,
    changes: changes.slice(0, 1),
  },
  {
    kind: 'refuse',
    ref: ref('Ingress'),
    reason: 'OwnedByOther',
    message: 'It belongs to Helm release x.',
  },
  {
    kind: 'wait',
    ref: ref('Deployment', 'shop-api'),
    reason: 'WaitingForDependency',
    message: 'api waits for db.',
  },
  {
    kind: 'delete',
    ref: ref('Service', 'shop-old'),
    uid: '2',
    why: 'No longer asked for.',
  },
  {
    kind: 'keep',
    ref: ref('PersistentVolumeClaim', 'shop-data'),
    why: 'Kept on purpose.',
  },
];
const plan: Plan = {
  application: { namespace: 'shop', name: 'shop' },
  actions,
};

describe('a plan as text', () => {
  it('shows each action with a symbol and each change with both values', () => {
    expect(planText(plan).split('\n')).toEqual([
      '+ Service shop-web',
      '~ Deployment shop-web',
      '    ~ spec.replicas: 1 -> 3',
      '    - spec.paused: true',
      '    + metadata.labels.a: "b"',
      '~ ConfigMap shop-web (changed by somebody else; is repaired)',
      '    ~ spec.replicas: 1 -> 3',
      '-+ Job shop-web (deleted and created again: a field can not be changed in place)',
      '    ~ spec.replicas: 1 -> 3',
      '! Ingress shop-web OwnedByOther: It belongs to Helm release x.',
      '? Deployment shop-api WaitingForDependency: api waits for db.',
      '- Service shop-old',
      '= PersistentVolumeClaim shop-data Kept on purpose.',
      '1 to create, 2 to change, 1 to delete, 1 to replace, 1 refused, 1 waiting, 1 kept',
    ]);
  });

  it('lists what stays as it is only when asked to', () => {
    expect(formatPlan(plan, { unchanged: true })[0]).toEqual({
      tone: 'plain',
      depth: 0,
      text: '  ServiceAccount shop-web',
    });
  });

  it('is coloured only when asked to, and resets the colour on each line', () => {
    const escape = String.fromCharCode(27);
    expect(planText(plan)).not.toContain(escape);
    const [first] = planText(plan, { colour: true }).split('\n');
    expect(first).toBe(`${escape}[32m+ Service shop-web${escape}[0m`);
  });

  it('says that there is nothing to do', () => {
    const quiet = { ...plan, actions: actions.slice(0, 1) };
    expect(summarisePlan(quiet)).toBe('0 to create, 0 to change, 0 to delete');
    expect(planText(quiet)).toBe('0 to create, 0 to change, 0 to delete');
  });

  it('shortens long values', () => {
    expect(valueText('x'.repeat(500), 20)).toBe('"xxxxxxxxxxxxxxxx...');
    expect(valueText(undefined)).toBe('(absent)');
    expect(valueText({ a: [1] })).toBe('{"a":[1]}');
  });
});

describe('a plan over several namespaces', () => {
  const inNamespace = (namespace: string): Action => ({
    kind: 'create',
    ref: { ...ref('NetworkPolicy', 'understage-dns'), namespace },
    object,
  });
  const texts = (several: readonly Action[]) =>
    formatPlan({ actions: several }).map(({ text }) => text);

  it('says of each object where it is', () => {
    expect(
      texts([
        inNamespace('shop-dev'),
        inNamespace('shop-prod'),
        {
          kind: 'delete',
          ref: { apiVersion: 'v1', kind: 'Namespace', name: 'shop-old' },
          uid: '3',
          why: 'It is no longer wanted.',
        },
      ]),
    ).toEqual([
      '+ NetworkPolicy shop-dev/understage-dns',
      '+ NetworkPolicy shop-prod/understage-dns',
      '- Namespace shop-old',
    ]);
  });

  it('of which there is one only does not repeat it', () => {
    expect(texts([inNamespace('shop')])).toEqual([
      '+ NetworkPolicy understage-dns',
    ]);
  });

  it('is summed up like any other: nothing of it has to be about an application', () => {
    expect(summarisePlan({ actions: [inNamespace('shop-dev')] })).toBe(
      '1 to create, 0 to change, 0 to delete',
    );
  });
});
