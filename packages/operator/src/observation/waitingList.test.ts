import { KubeObject } from '@understage/kube';
import { Action, Outcome, refOf } from '@understage/plugin-paas-common';
import { obstaclesOf, WaitingList } from './waitingList';

const ingress = (
  namespace: string,
  name: string,
  host: string,
): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace, name },
  spec: { rules: [{ host }] },
});
const service = (namespace: string, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
});

type Desired = Parameters<typeof obstaclesOf>[0]['desired'];
const desired = (
  objects: readonly KubeObject[],
  warnings: Desired['warnings'] = [],
): { desired: Desired } => ({
  desired: {
    application: {
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: {
        components: [],
        dependencies: [],
        links: [],
        deletionPolicy: 'Retain',
        paused: false,
      },
    },
    namespace: 'shop',
    tenant: 'shop',
    components: [],
    edges: [],
    objects: objects.map(object => ({ object, retained: false })),
    refusals: [],
    warnings,
  },
});

function refused(
  object: KubeObject,
  reason: 'OwnedByOther' | 'HostTaken' | 'ImmutableField',
): Outcome {
  const message = 'no';
  const action: Action = {
    kind: 'refuse',
    ref: refOf(object),
    reason,
    message,
  };
  return { kind: 'refused', action, reason, message };
}

function waitingAfter(
  objects: readonly KubeObject[],
  outcomes: readonly Outcome[],
  warnings?: Desired['warnings'],
) {
  const list = new WaitingList();
  list.note('shop/shop', obstaclesOf(desired(objects, warnings), outcomes));
  return (object: KubeObject) => list.waitingFor(object);
}

const web = ingress('shop', 'shop-web', 'shop.example.com');

describe('an application waits', () => {
  it('for an object that has its name, of that namespace', () => {
    const wanted = service('shop', 'shop-web');
    const waiting = waitingAfter([wanted], [refused(wanted, 'OwnedByOther')]);
    expect(waiting(wanted)).toEqual(['shop/shop']);
    expect(waiting(service('other', 'shop-web'))).toEqual([]);
    expect(waiting(service('shop', 'other'))).toEqual([]);
  });

  it('for every object of the cluster that has its host, or one that overlaps', () => {
    const waiting = waitingAfter([web], [refused(web, 'HostTaken')]);
    for (const host of ['shop.example.com', '*.example.com', '*.com']) {
      expect(waiting(ingress('other', 'x', host))).toEqual(['shop/shop']);
    }
    expect(waiting(ingress('other', 'x', 'cart.example.com'))).toEqual([]);
  });

  it('for a bare name that somebody else has', () => {
    const waiting = waitingAfter(
      [],
      [],
      [
        {
          ref: { apiVersion: 'v1', kind: 'Service', name: 'redis' },
          reason: 'NameTaken',
          message: 'redis belongs to somebody else',
        },
      ],
    );
    expect(waiting(service('shop', 'redis'))).toEqual(['shop/shop']);
  });

  it("for nothing when what was refused is nobody else's doing", () => {
    const waiting = waitingAfter([web], [refused(web, 'ImmutableField')]);
    expect(waiting(web)).toEqual([]);
  });
});

describe('the waiting list', () => {
  it('knows what an application waited for last, and nothing of before', () => {
    const list = new WaitingList();
    const note = (...outcomes: Outcome[]) =>
      list.note('shop/shop', obstaclesOf(desired([web]), outcomes));
    note(refused(web, 'HostTaken'));
    note(refused(web, 'OwnedByOther'));
    expect(list.waitingFor(ingress('x', 'x', 'shop.example.com'))).toEqual([]);
    expect(list.waitingFor(web)).toEqual(['shop/shop']);
    note();
    expect(list.waitingFor(web)).toEqual([]);
  });

  it('wakes everyone who waits for the same', () => {
    const list = new WaitingList();
    for (const name of ['a', 'b']) {
      list.note(
        `shop/${name}`,
        obstaclesOf(desired([web]), [refused(web, 'HostTaken')]),
      );
    }
    expect(list.waitingFor(web)).toEqual(['shop/a', 'shop/b']);
    list.note('shop/a', []);
    expect(list.waitingFor(web)).toEqual(['shop/b']);
  });
});
