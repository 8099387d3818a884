import { InMemoryKube, RequestInfo } from '@understage/kube';
import { checkApplication } from '@understage/plugin-paas-common';
import { namespaceType } from '../__testUtils__/createWorld';
import { Transition, TransitionEvents } from './transitionEvents';

const eventType = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};

function applicationOf(generation = 1, uid = 'uid-1') {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name: 'user-service' },
    spec: { components: [{ name: 'web', type: 'Deployment' }] },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const { metadata } = checked.value;
  return {
    ...checked.value,
    metadata: { ...metadata, namespace: 'shop', uid, generation },
  };
}

const crashing: Transition = {
  type: 'Warning',
  reason: 'CrashLoop',
  message: 'web: the container exits with 1.',
};

function setUp(allow: (request: RequestInfo) => boolean = () => true) {
  const term = new AbortController();
  const errors: string[] = [];
  const kube = new InMemoryKube({ allow });
  kube.seed(namespaceType, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  const events = new TransitionEvents({
    writer: kube.writer({ fieldManager: 'understage' }),
    component: 'understage-operator',
    now: () => new Date('2026-11-23T10:00:00Z'),
    fence: () => (term.signal.aborted ? undefined : term.signal),
    onError: error => errors.push(String(error)),
  });
  return {
    events,
    errors,
    depose: () => term.abort(),
    told: async () => {
      await events.drained();
      return (await kube.list(eventType, { namespace: 'shop' })).items;
    },
  };
}

describe('a transition', () => {
  it('is told as an event about the application', async () => {
    const { events, told } = setUp();
    events.tell(applicationOf(), [crashing]);
    expect(await told()).toEqual([
      expect.objectContaining({
        involvedObject: {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          name: 'user-service',
          namespace: 'shop',
          uid: 'uid-1',
        },
        type: 'Warning',
        reason: 'CrashLoop',
        message: 'web: the container exits with 1.',
        source: { component: 'understage-operator' },
        firstTimestamp: '2026-11-23T10:00:00.000Z',
        lastTimestamp: '2026-11-23T10:00:00.000Z',
      }),
    ]);
  });

  it('is told once, also by another operator or after a restart', async () => {
    const { events, told, errors } = setUp();
    events.tell(applicationOf(), [crashing]);
    events.tell(applicationOf(), [crashing, crashing]);
    expect(await told()).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it.each([
    ['another generation', applicationOf(2), crashing],
    ['a successor of the same name', applicationOf(1, 'uid-2'), crashing],
    ['another message', applicationOf(), { ...crashing, message: 'other' }],
    ['another reason', applicationOf(), { ...crashing, reason: 'OutOfMemory' }],
  ])('is told again for %s', async (_, application, transition) => {
    const { events, told } = setUp();
    events.tell(applicationOf(), [crashing]);
    events.tell(application, [transition]);
    expect(await told()).toHaveLength(2);
  });

  it('is cut where the API server would refuse it', async () => {
    const { events, told } = setUp();
    events.tell(applicationOf(), [{ ...crashing, message: 'x'.repeat(5000) }]);
    expect(await told()).toEqual([
      expect.objectContaining({ message: 'x'.repeat(1024) }),
    ]);
  });

  it('that may not be told is said, and stops nothing', async () => {
    const { events, told, errors } = setUp(({ verb }) => verb !== 'create');
    events.tell(applicationOf(), [crashing]);
    expect(await told()).toEqual([]);
    expect(errors).toEqual([expect.stringContaining('forbidden')]);
  });

  it('is not told by a deposed leader', async () => {
    const { events, told, depose } = setUp();
    depose();
    events.tell(applicationOf(), [crashing]);
    expect(await told()).toEqual([]);
  });
});
