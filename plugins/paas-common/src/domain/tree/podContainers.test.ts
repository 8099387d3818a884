import { podContainers } from './podContainers';

const pod = (status: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1' },
  status,
});
const one = (status: object) => {
  const [container] = podContainers(
    pod({ containerStatuses: [{ name: 'web', ...status }] }),
  );
  return container;
};
const died = { terminated: { exitCode: 1, reason: 'Error' } };

describe('the containers of a pod', () => {
  it.each([
    [
      'runs and is ready',
      { ready: true, restartCount: 0, state: { running: {} } },
      { state: 'running', failing: false, started: true, ranBefore: false },
    ],
    [
      'is being created',
      { ready: false, state: { waiting: { reason: 'ContainerCreating' } } },
      { state: 'waiting', failing: false, started: false, ranBefore: false },
    ],
    [
      'has no image',
      { ready: false, state: { waiting: { reason: 'ImagePullBackOff' } } },
      { state: 'waiting', failing: true, started: false, ranBefore: false },
    ],
    [
      'crashes again and again, and has a log between two runs',
      {
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: died,
      },
      { state: 'waiting', failing: true, started: true, ranBefore: true },
    ],
    [
      'runs again after it died, and is not ready yet',
      {
        ready: false,
        restartCount: 1,
        state: { running: {} },
        lastState: died,
      },
      { state: 'running', failing: true, started: true, ranBefore: true },
    ],
    [
      'died once and has been ready since',
      { ready: true, restartCount: 1, state: { running: {} }, lastState: died },
      { state: 'running', failing: false, started: true, ranBefore: true },
    ],
    [
      'has done its work',
      { ready: false, state: { terminated: { exitCode: 0 } } },
      { state: 'terminated', failing: false, started: true, ranBefore: false },
    ],
    [
      'ended badly',
      { ready: false, state: died },
      { state: 'terminated', failing: true, started: true, ranBefore: false },
    ],
    [
      'is told nothing about',
      {},
      { state: 'waiting', failing: false, started: false, restarts: 0 },
    ],
  ])('one that %s', (_, status, expected) => {
    expect(one(status)).toMatchObject({ name: 'web', ...expected });
  });

  it('names those that prepare the pod first, and says what they are', () => {
    const containers = podContainers(
      pod({
        initContainerStatuses: [{ name: 'migrate', state: { running: {} } }],
        containerStatuses: [{ name: 'web' }],
      }),
    );
    expect(containers.map(({ name, init }) => [name, init])).toEqual([
      ['migrate', true],
      ['web', undefined],
    ]);
  });

  it('are none before a kubelet has reported', () => {
    expect(podContainers(pod({ phase: 'Pending' }))).toEqual([]);
    expect(
      podContainers({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }),
    ).toEqual([]);
  });
});
