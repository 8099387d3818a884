import { KubeObject } from '../kubernetes';
import { healthContext } from './HealthContext';
import { objectHealth } from './objectHealth';

function judge(object: KubeObject) {
  const now = new Date('2026-11-23T00:05:00Z');
  const context = healthContext({ objects: [object], events: [], now });
  const { state, reason, message } = objectHealth(object, context);
  return `${state} ${reason}: ${message}`;
}

describe('other objects', () => {
  const object = (kind: string, content: object): KubeObject => ({
    apiVersion: 'example.com/v1',
    kind,
    metadata: { name: 'web', uid: 'web', generation: 2 },
    ...content,
  });
  const conditions = (
    ...all: readonly (readonly [string, string, string?])[]
  ) => ({
    status: {
      conditions: all.map(([type, status, message]) => ({
        type,
        status,
        message,
      })),
    },
  });

  it.each<[string, KubeObject, string]>([
    ['nothing said', object('ConfigMap', {}), 'Ready Ready: is there'],
    [
      'ready',
      object('Certificate', conditions(['Ready', 'True'])),
      'Ready Ready: is there',
    ],
    [
      'not ready, with a reason',
      object('Certificate', conditions(['Ready', 'False', 'no issuer.'])),
      'Progressing NotReady: no issuer',
    ],
    [
      'not known',
      object('Certificate', conditions(['Ready', 'Unknown'])),
      'Progressing NotReady: is not ready',
    ],
    [
      'stalled',
      object('Certificate', conditions(['Stalled', 'True', 'no progress'])),
      'Failed NotReady: no progress',
    ],
    [
      'reconciling',
      object('Certificate', conditions(['Reconciling', 'True'])),
      'Progressing Progressing: is being brought about',
    ],
    [
      'behind its specification',
      object('Certificate', { status: { observedGeneration: 1 } }),
      'Progressing Progressing: the last change has not been taken up yet',
    ],
    [
      'a bound volume',
      object('PersistentVolumeClaim', { status: { phase: 'Bound' } }),
      'Ready Ready: is bound',
    ],
    [
      'a lost volume',
      object('PersistentVolumeClaim', { status: { phase: 'Lost' } }),
      'Failed VolumePending: the volume web has lost its storage',
    ],
    [
      'a load balancer without address',
      object('Service', { spec: { type: 'LoadBalancer' } }),
      'Progressing Progressing: waits for the address of its load balancer',
    ],
    [
      'a load balancer with one',
      object('Service', {
        spec: { type: 'LoadBalancer' },
        status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } },
      }),
      'Ready Ready: is there',
    ],
    [
      'a route that its gateway refused',
      object('HTTPRoute', {
        status: {
          parents: [
            {
              conditions: [
                {
                  type: 'Accepted',
                  status: 'False',
                  message: 'no such listener',
                },
              ],
            },
          ],
        },
      }),
      'Degraded NotReady: the gateway does not serve it: no such listener',
    ],
    ['a route', object('HTTPRoute', {}), 'Ready Ready: is there'],
    [
      'going',
      {
        ...object('Service', {}),
        metadata: { name: 'web', deletionTimestamp: 'x' },
      },
      'Progressing Deleting: is being deleted',
    ],
  ])('%s', (_what, each, expected) => {
    expect(judge(each)).toBe(expected);
  });
});
