import { KubeObject } from '../kubernetes';
import { planApplication } from './planApplication';
import { desiredOf, objectOf } from './testing/desiredOf';
import {
  applied,
  complete,
  owner,
  partial,
  withMetadata,
} from './testing/planning';

const host = 'shop.example.com';
const rules = (...hosts: string[]) => ({
  spec: { rules: hosts.map(each => ({ host: each })) },
});
const ingress = objectOf('Ingress', 'shop-web', rules(host));
const route = objectOf('HTTPRoute', 'shop-web', {
  spec: { hostnames: [host] },
});

const early = '2026-11-01T00:00:00Z';
const late = '2026-11-02T00:00:00Z';

/** An Ingress of the application `cart`. */
function ofCart(
  metadata: object = {},
  content: Record<string, unknown> = rules(host),
): KubeObject {
  return withMetadata(objectOf('Ingress', 'cart-web', content), {
    uid: 'uid-cart-web',
    creationTimestamp: early,
    labels: {},
    ownerReferences: [
      {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        name: 'cart',
        uid: 'uid-cart',
        controller: true,
      },
    ],
    ...metadata,
  });
}

/** An Ingress that somebody made by hand. */
const byHand = (metadata: object = {}) =>
  withMetadata(objectOf('Ingress', 'legacy', rules(host)), {
    uid: 'uid-legacy',
    creationTimestamp: early,
    labels: {},
    managedFields: [{ manager: 'kubectl' }],
    ...metadata,
  });

/** Ours as it stands in the cluster. */
const ours = (object = ingress, creationTimestamp = late) =>
  withMetadata(applied(object), { creationTimestamp });

function plan(
  object: KubeObject,
  claims: readonly KubeObject[],
  live: readonly KubeObject[] = [],
) {
  const [action, ...others] = planApplication({
    desired: desiredOf([object]),
    owner,
    snapshot: complete(live),
    available: new Set(),
    claims: [...claims, ...live],
  }).actions;
  expect(others).toEqual([]);
  return action;
}

const messageOf = (action: ReturnType<typeof plan>) =>
  action.kind === 'refuse' ? action.message : '';

describe('a host that nobody has', () => {
  it('is claimed', () => {
    expect(plan(ingress, [])).toMatchObject({ kind: 'create' });
  });

  it('is claimed beside hosts that do not overlap', () => {
    expect(
      plan(ingress, [ofCart({}, rules('cart.example.com'))]),
    ).toMatchObject({ kind: 'create' });
  });

  it('may be shared by the components of one application', () => {
    const other = withMetadata(
      applied(objectOf('Ingress', 'shop-api', rules(host))),
      {
        creationTimestamp: early,
      },
    );
    expect(
      planApplication({
        desired: desiredOf([
          ingress,
          objectOf('Ingress', 'shop-api', rules(host)),
        ]),
        owner,
        snapshot: complete([other]),
        available: new Set(),
        claims: [other],
      }).actions,
    ).toMatchObject([{ kind: 'create' }, { kind: 'none' }]);
  });

  it('stays ours when the component that claims it gets another name', () => {
    const before = ours(objectOf('Ingress', 'shop-old', rules(host)), early);
    const actions = planApplication({
      desired: desiredOf([ingress]),
      owner,
      snapshot: complete([before]),
      available: new Set(),
      claims: [before],
    }).actions;
    expect(actions).toMatchObject([{ kind: 'create' }, { kind: 'delete' }]);
  });
});

describe('a host that another application has', () => {
  it.each([
    ['as an Ingress', ingress],
    ['as an HTTPRoute, whatever kind the other one is', route],
  ])('is refused %s, naming who has it', (_, object) => {
    const action = plan(object, [ofCart()]);
    expect(action).toMatchObject({
      kind: 'refuse',
      reason: 'HostTaken',
      component: 'web',
      ref: { name: 'shop-web' },
    });
    expect(messageOf(action)).toBe(
      `${object.kind} shop-web asks for ${host}, which application cart has (Ingress cart-web); it is not created. Choose another host, or have the other one give it up.`,
    );
  });

  it.each([
    ['*.example.com', host],
    [host, '*.example.com'],
  ])('is refused where %s is asked for and %s is there', (asked, there) => {
    const action = plan(objectOf('Ingress', 'shop-web', rules(asked)), [
      ofCart({}, rules('cart.io', there)),
    ]);
    expect(messageOf(action)).toContain(
      `asks for ${asked}, which overlaps with ${there} that application cart has`,
    );
  });

  it('of another namespace is not told by name, host nor kind of a stranger', () => {
    const stranger = ofCart(
      { namespace: 'secret-project' },
      rules('*.example.com'),
    );
    const message = messageOf(plan(ingress, [stranger]));
    expect(message).toContain(
      `asks for ${host}, which an application of another namespace has;`,
    );
    expect(message).not.toMatch(/cart|secret|\*/);
  });

  it('is refused however old the own object is, as long as that has not claimed it: else an old one could take any', () => {
    const before = ours(
      objectOf('Ingress', 'shop-web', rules('old.example.com')),
      '2020-01-01T00:00:00Z',
    );
    const action = plan(ingress, [ofCart()], [before]);
    expect(action).toMatchObject({ kind: 'refuse', reason: 'HostTaken' });
    expect(messageOf(action)).toContain('it is left as it is');
  });

  it('is refused as a whole when one of several is taken', () => {
    const object = objectOf('Ingress', 'shop-web', rules('free.io', host));
    expect(plan(object, [ofCart()])).toMatchObject({ reason: 'HostTaken' });
  });

  it('is free again when the other one has let it go', () => {
    expect(plan(ingress, [ofCart({}, rules('cart.io'))])).toMatchObject({
      kind: 'create',
    });
  });
});

describe('a host of the own namespace, by paths', () => {
  const below = (path: string, each = host) => ({
    spec: { rules: [{ host: each, http: { paths: [{ path }] } }] },
  });
  const asking = objectOf('Ingress', 'shop-web', below('/shop'));
  const namespace = ingress.metadata.namespace ?? 'shop';

  it('may be shared, each application with its own', () => {
    expect(plan(asking, [ofCart({ namespace }, below('/cart'))])).toMatchObject(
      { kind: 'create' },
    );
  });

  it.each([
    ['the path is the same', ofCart({ namespace }, below('/shop'))],
    [
      'the other one is of another namespace',
      ofCart({ namespace: 'x' }, below('/cart')),
    ],
    [
      'the other one has all hosts of a domain',
      ofCart({ namespace }, below('/cart', '*.example.com')),
    ],
    [
      'nobody knows what the other one is',
      byHand({ namespace, spec: below('/cart').spec }),
    ],
  ])('is refused where %s', (_, claim) => {
    expect(plan(asking, [claim])).toMatchObject({ reason: 'HostTaken' });
  });

  it('is refused to a route for all of it that another one has too', () => {
    expect(plan(ingress, [ofCart({ namespace })])).toMatchObject({
      reason: 'HostTaken',
    });
  });
});

describe('a host that somebody has who is no application', () => {
  it('is refused, naming who manages the object', () => {
    expect(messageOf(plan(ingress, [byHand()]))).toContain(
      'which someone else (field manager kubectl) has (Ingress legacy)',
    );
    expect(messageOf(plan(ingress, [byHand({ namespace: 'x' })]))).toContain(
      'which an Ingress of another namespace has;',
    );
  });

  it('takes nothing of ours down, be its object older: whoever may write one could have it claim anything', () => {
    expect(plan(ingress, [byHand()], [ours()])).toMatchObject({
      kind: 'refuse',
      reason: 'HostTaken',
    });
  });

  it('does not disturb who had it before', () => {
    const action = plan(
      ingress,
      [byHand({ creationTimestamp: late })],
      [ours(ingress, early)],
    );
    expect(action).toMatchObject({ kind: 'none' });
  });

  it('is no obstacle when the object is the one that is handed over to us', () => {
    const offered = byHand({
      name: 'shop-web',
      annotations: { 'understage.dev/adopt': 'true' },
    });
    expect(plan(ingress, [], [offered])).toMatchObject({ kind: 'update' });
  });
});

describe('a host that two applications got because neither saw the other', () => {
  it('stays with the older', () => {
    expect(
      plan(
        ingress,
        [ofCart({ creationTimestamp: late })],
        [ours(ingress, early)],
      ),
    ).toMatchObject({ kind: 'none' });
  });

  it('is given back by the later, and then refused', () => {
    const mine = ours();
    expect(plan(ingress, [ofCart()], [mine])).toMatchObject({
      kind: 'delete',
      uid: mine.metadata.uid,
      why: `It claims ${host}, which application cart has (Ingress cart-web) since earlier.`,
    });
    expect(plan(ingress, [ofCart()])).toMatchObject({ reason: 'HostTaken' });
  });

  it.each([
    ['uid-a', 'none'],
    ['uid-z', 'delete'],
  ])(
    'of the same second goes by uid, so that all agree: %s',
    (uid, expected) => {
      const mine = withMetadata(ours(ingress, early), { uid });
      const theirs = ofCart({ uid: 'uid-m' });
      expect(plan(ingress, [theirs], [mine])).toMatchObject({ kind: expected });
    },
  );

  it('is not given back while the cluster is not seen whole', () => {
    const { actions } = planApplication({
      desired: desiredOf([ingress]),
      owner,
      snapshot: partial([ours()]),
      available: new Set(),
      claims: [ofCart()],
    });
    expect(actions).toMatchObject([{ kind: 'refuse', reason: 'HostTaken' }]);
  });
});

it('a name that is taken is said before a host that is', () => {
  const foreign = byHand({ name: 'shop-web' });
  expect(plan(ingress, [ofCart()], [foreign])).toMatchObject({
    kind: 'refuse',
    reason: 'OwnedByOther',
  });
});
