import { KubeObject } from '../../kubernetes';
import { healthContext } from '../HealthContext';
import { podOf, PodParts, waiting, warning } from '../testing/podOf';
import { podHealth } from './podHealth';

function judge(
  pod: KubeObject,
  events: readonly KubeObject[] = [],
  others: readonly KubeObject[] = [],
) {
  const now = new Date('2026-11-23T00:01:00Z');
  const context = healthContext({ objects: [pod, ...others], events, now });
  const { state, reason, message } = podHealth(pod, context);
  return `${state} ${reason}: ${message}`;
}

const crashed = (terminated: object, rest: object = {}) =>
  waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed container', {
    restartCount: 7,
    lastState: { terminated },
    ...rest,
  });

describe('a pod', () => {
  it.each<[string, PodParts, string]>([
    ['that serves', { ready: true }, 'Ready Ready: is ready'],
    [
      'that ran to its end',
      { phase: 'Succeeded' },
      'Ready Completed: ran to its end',
    ],
    [
      'that is going, whatever its containers say',
      {
        deletedAt: '2026-11-23T00:00:50Z',
        containers: [waiting('CrashLoopBackOff')],
      },
      'Progressing Deleting: is terminating',
    ],
    [
      'that is new',
      { phase: 'Pending' },
      'Progressing Progressing: is starting',
    ],
    [
      'whose container is being created',
      { phase: 'Pending', containers: [waiting('ContainerCreating')] },
      'Progressing Progressing: is starting',
    ],
    [
      'that initialises',
      {
        phase: 'Pending',
        initContainers: [{ name: 'migrate', state: { running: {} } }],
        containers: [waiting('PodInitializing')],
      },
      'Progressing Progressing: init container migrate is not done',
    ],
    [
      'that runs and is not ready for no known reason',
      { containers: [{ name: 'app', state: { running: {} } }] },
      'Progressing Progressing: is running but not ready',
    ],
  ])('%s', (_what, parts, expected) => {
    expect(judge(podOf(parts))).toBe(expected);
  });

  describe('whose container does not keep running', () => {
    it.each<[object, string]>([
      [
        { exitCode: 1, reason: 'Error' },
        'CrashLoop: can not keep running: container app exits with code 1, restarted 7 times',
      ],
      [
        { exitCode: 1, message: 'panic: no such host redis\n' },
        'CrashLoop: can not keep running: container app exits with code 1, restarted 7 times: panic: no such host redis',
      ],
      [
        { exitCode: 127 },
        'CrashLoop: can not keep running: container app exits with code 127, the command is not found, restarted 7 times',
      ],
      [
        { exitCode: 139 },
        'CrashLoop: can not keep running: container app exits with code 139, a segmentation fault, restarted 7 times',
      ],
      [
        { exitCode: 0, reason: 'Completed' },
        'CrashLoop: can not keep running: container app exits with code 0, restarted 7 times',
      ],
      [
        { exitCode: 137, reason: 'OOMKilled' },
        'OutOfMemory: ran out of memory (container app, its limit is 64Mi, restarted 7 times)',
      ],
    ])('%j', (terminated, expected) => {
      const spec = {
        containers: [
          { name: 'app', resources: { limits: { memory: '64Mi' } } },
        ],
      };
      expect(judge(podOf({ spec, containers: [crashed(terminated)] }))).toBe(
        `Failed ${expected}`,
      );
    });

    it('is known from its first end on, before anybody backs off', () => {
      const ended = {
        name: 'app',
        restartCount: 0,
        state: { terminated: { exitCode: 2 } },
      };
      expect(judge(podOf({ containers: [ended] }))).toBe(
        'Failed CrashLoop: can not keep running: container app exits with code 2',
      );
    });

    it('is told from init containers that ended well', () => {
      const done = {
        name: 'init',
        state: { terminated: { exitCode: 0, reason: 'Completed' } },
      };
      expect(
        judge(
          podOf({
            initContainers: [done],
            containers: [crashed({ exitCode: 1 })],
          }),
        ),
      ).toContain('container app');
    });

    it('is found among init containers first: the others wait for them', () => {
      const broken = { ...crashed({ exitCode: 3 }), name: 'migrate' };
      expect(
        judge(
          podOf({
            initContainers: [broken],
            containers: [waiting('PodInitializing')],
          }),
        ),
      ).toContain('container migrate exits with code 3');
    });
  });

  describe('whose image can not be pulled', () => {
    it.each([
      [
        'ErrImagePull',
        'rpc error: code = NotFound desc = failed to resolve reference "registry.example.com/web:1": not found',
        ': the registry has no such image',
      ],
      [
        'ErrImagePull',
        'pull access denied, repository does not exist or may require authorization',
        ': the registry refuses access; is the name right, and is a pull secret needed?',
      ],
      [
        'ErrImagePull',
        '401 Unauthorized',
        ': the registry refuses access; is the name right, and is a pull secret needed?',
      ],
      [
        'ErrImagePull',
        'toomanyrequests: You have reached your pull rate limit',
        ': the registry limits the rate of pulls',
      ],
      [
        'ErrImagePull',
        'dial tcp: lookup registry.example.com: no such host',
        ': the registry can not be reached',
      ],
      [
        'InvalidImageName',
        "couldn't parse image name: invalid reference format",
        ': that is no valid image name',
      ],
      [
        'ImagePullBackOff',
        'Back-off pulling image "registry.example.com/web:1"',
        '',
      ],
      [
        'ErrImageNeverPull',
        'Container image is not present with pull policy of Never',
        '',
      ],
    ])('%s: %s', (reason, message, detail) => {
      expect(
        judge(
          podOf({ phase: 'Pending', containers: [waiting(reason, message)] }),
        ),
      ).toBe(
        `Failed ImagePullFailed: can not pull the image registry.example.com/web:1${detail}`,
      );
    });

    it('says the same while the kubelet backs off, with the reason from its events', () => {
      const pod = podOf({
        phase: 'Pending',
        containers: [waiting('ImagePullBackOff', 'Back-off pulling image')],
      });
      const event = warning(pod, {
        reason: 'Failed',
        message: 'Failed to pull image "registry.example.com/web:1": not found',
      });
      expect(judge(pod, [event])).toContain('the registry has no such image');
    });
  });

  describe('whose container can not be created', () => {
    it.each([
      [
        'CreateContainerConfigError',
        'secret "payment" not found',
        'the Secret payment does not exist',
      ],
      [
        'CreateContainerConfigError',
        'configmap "region" not found',
        'the ConfigMap region does not exist',
      ],
      [
        'CreateContainerConfigError',
        "couldn't find key api-key in Secret shop/payment",
        'the Secret payment has no key api-key',
      ],
      [
        'CreateContainerConfigError',
        'container has runAsNonRoot and image will run as root (pod: "x", container: app)',
        'the image runs as root, which is not allowed here; build it with a user of its own',
      ],
      [
        'CreateContainerConfigError',
        'container has runAsNonRoot and image has non-numeric user (node), cannot verify user is non-root',
        'the image names its user (node) instead of numbering it, so that it can not be told from root',
      ],
      [
        'RunContainerError',
        'exec: "serve": executable file not found in $PATH: unknown',
        'the command serve is not in the image',
      ],
      [
        'CreateContainerError',
        'mkdir /var/run: read-only file system',
        'it writes to its own file system, which is read-only; set `readOnlyRootFilesystem: false`',
      ],
      ['CreateContainerError', 'something   else.', 'something else'],
    ])('%s: %s', (reason, message, expected) => {
      expect(
        judge(
          podOf({ phase: 'Pending', containers: [waiting(reason, message)] }),
        ),
      ).toBe(
        `Failed ContainerConfigInvalid: can not start (container app): ${expected}`,
      );
    });
  });

  describe('that can not be scheduled', () => {
    const pending = (message: string, reason = 'Unschedulable') =>
      podOf({
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason, message },
        ],
        spec: {
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
          ],
        },
      });
    const unbound =
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found';
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'shop-data', uid: 'uid-claim' },
      status: { phase: 'Pending' },
    };

    it('says why', () => {
      expect(
        judge(pending('0/2 nodes are available: 2 Insufficient cpu.')),
      ).toBe(
        'Failed Unschedulable: can not be scheduled: 2 nodes have too little cpu',
      );
    });

    it('waits for its volume, which may come', () => {
      expect(judge(pending(unbound), [], [claim])).toBe(
        'Progressing VolumePending: can not be scheduled: the volume shop-data is not bound yet',
      );
    });

    it('names the trouble of the volume when that is the cause', () => {
      const event = warning(claim, {
        reason: 'ProvisioningFailed',
        message: 'storageclass.storage.k8s.io "fast" not found',
      });
      expect(judge(pending(unbound), [event], [claim])).toBe(
        'Failed VolumePending: the volume shop-data is not bound: the storage class fast does not exist',
      );
    });

    it('misses a volume that does not exist', () => {
      expect(
        judge(pending('persistentvolumeclaim "shop-data" not found')),
      ).toBe(
        'Failed VolumePending: can not be scheduled: the volume shop-data does not exist',
      );
    });

    it('is held on purpose by a gate', () => {
      expect(judge(pending('Scheduling is blocked', 'SchedulingGated'))).toBe(
        'Progressing Unschedulable: waits until its scheduling gates are lifted',
      );
    });
  });

  describe('that its node can not run', () => {
    it.each<[PodParts, string]>([
      [
        {
          phase: 'Failed',
          reason: 'Evicted',
          message: 'The node was low on resource: memory.',
        },
        'was evicted: The node was low on resource: memory',
      ],
      [{ phase: 'Failed', reason: 'NodeAffinity' }, 'failed (NodeAffinity)'],
      [
        { phase: 'Unknown' },
        'can not be reached: the node node-1 does not answer',
      ],
      [
        { reason: 'NodeLost' },
        'can not be reached: the node node-1 does not answer',
      ],
    ])('%j', (parts, expected) => {
      expect(judge(podOf(parts))).toBe(`Failed PodFailed: ${expected}`);
    });

    it.each([
      [
        'FailedMount',
        'MountVolume.SetUp failed for volume "x" : secret "tls" not found',
        'ContainerConfigInvalid: can not mount a volume: the Secret tls does not exist',
      ],
      [
        'FailedAttachVolume',
        'Multi-Attach error for volume "pvc-1"',
        'VolumePending: can not mount a volume: Multi-Attach error for volume "pvc-1"',
      ],
      [
        'FailedCreatePodSandBox',
        'no IP addresses left',
        'PodFailed: can not be set up on node-1: no IP addresses left',
      ],
    ])('by the event %s', (reason, message, expected) => {
      const pod = podOf({
        phase: 'Pending',
        containers: [waiting('ContainerCreating')],
      });
      expect(judge(pod, [warning(pod, { reason, message })])).toBe(
        `Failed ${expected}`,
      );
    });
  });

  describe('whose node was not ready', () => {
    const running = [{ name: 'app', state: { running: {} } }];
    const node = (status?: string, message?: string) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1' },
      status: { conditions: [{ type: 'Ready', status, message }] },
    });
    const judgeOn = (
      pod: KubeObject,
      events: readonly KubeObject[],
      nodes: readonly KubeObject[],
    ) => {
      const context = healthContext({
        objects: [pod],
        events,
        nodes: new Map(nodes.map(each => [each.metadata.name, each])),
        now: new Date('2026-11-23T00:05:00Z'),
      });
      const { reason, message } = podHealth(pod, context);
      return `${reason}: ${message}`;
    };
    const pod = podOf({
      containers: running,
      createdAt: '2026-11-22T00:00:00Z',
    });
    const lost = (at: string) =>
      warning(pod, {
        reason: 'NodeNotReady',
        message: 'Node is not ready',
        at: `2026-11-23T00:${at}Z`,
      });
    const probe = (at: string) =>
      warning(pod, {
        reason: 'Unhealthy',
        message: 'Readiness probe failed: statuscode: 500',
        at: `2026-11-23T00:${at}Z`,
      });

    it.each([
      ['Unknown', undefined, 'does not answer'],
      [undefined, undefined, 'does not answer'],
      [
        'False',
        'cni plugin not initialized',
        'is not ready: cni plugin not initialized',
      ],
    ])('says so while the node is %s', (status, message, sentence) => {
      expect(judgeOn(pod, [], [node(status, message)])).toBe(
        `PodFailed: can not be reached: the node node-1 ${sentence}`,
      );
    });

    it('says so when the node is gone, and the pod was lost with it', () => {
      expect(judgeOn(pod, [lost('04:00')], [])).toBe(
        'PodFailed: can not be reached: the node node-1 is gone',
      );
      expect(judgeOn(pod, [], [])).toBe(
        'Progressing: is running but not ready',
      );
    });

    it('does not blame a node that is ready again, whatever was said before', () => {
      const ready = [node('True')];
      expect(judgeOn(pod, [lost('04:00')], ready)).toBe(
        'Progressing: is running but not ready',
      );
      expect(judgeOn(podOf({ phase: 'Unknown' }), [], ready)).not.toMatch(
        'node-1',
      );
      expect(judgeOn(pod, [lost('04:00'), probe('03:00')], ready)).toMatch(
        'ProbeFailing: did not pass the readiness probe: HTTP status 500',
      );
    });

    it('where nodes can not be read, believes the last that was heard of the pod', () => {
      expect(judge(pod, [lost('00:50'), probe('00:40')])).toMatch(
        'the node node-1 does not answer',
      );
      expect(judge(pod, [lost('00:40'), probe('00:50')])).toMatch(
        'ProbeFailing',
      );
    });

    it('where nodes can not be read, believes no event from before the pod served again', () => {
      const unready = (at: string) =>
        podOf({
          containers: running,
          conditions: [],
          spec: {},
          unreadySince: `2026-11-23T00:${at}Z`,
        });
      const events = [lost('00:10')];
      expect(judge(unready('00:10'), events)).toMatch('does not answer');
      expect(judge(unready('05:00'), events)).toBe(
        'Progressing Progressing: is running but not ready',
      );
    });
  });

  describe('whose probe fails', () => {
    const running = (createdAt?: string) =>
      podOf({
        createdAt,
        containers: [{ name: 'app', state: { running: {} } }],
      });
    const old = '2026-11-22T00:00:00Z';

    it.each([
      [
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
        'did not pass the readiness probe: HTTP status 503',
      ],
      [
        'Liveness probe failed: Get "http://10.0.0.1:8080/": dial tcp 10.0.0.1:8080: connect: connection refused',
        'did not pass the liveness probe: nothing listens on the port',
      ],
      [
        'Startup probe failed: Get "http://x": context deadline exceeded (Client.Timeout exceeded)',
        'did not pass the startup probe: no answer in time',
      ],
      [
        'Readiness probe errored and resulted in unknown state: command not found',
        'did not pass the readiness probe: command not found',
      ],
    ])('%s', (message, expected) => {
      const pod = running(old);
      expect(judge(pod, [warning(pod, { reason: 'Unhealthy', message })])).toBe(
        `Failed ProbeFailing: ${expected}`,
      );
    });

    it('is only starting during its first two minutes', () => {
      const pod = running();
      expect(
        judge(pod, [
          warning(pod, {
            reason: 'Unhealthy',
            message: 'Readiness probe failed: x',
          }),
        ]),
      ).toContain('Progressing ProbeFailing');
    });

    it('is not blamed for a probe that failed a quarter of an hour ago', () => {
      const pod = running(old);
      const event = warning(pod, {
        reason: 'Unhealthy',
        message: 'Readiness probe failed: x',
        at: '2026-11-22T23:40:00Z',
      });
      expect(judge(pod, [event])).toBe(
        'Progressing Progressing: is running but not ready',
      );
    });

    it('is not blamed for what was said about an earlier pod of its name', () => {
      const pod = running(old);
      const earlier = {
        ...pod,
        metadata: { ...pod.metadata, uid: 'uid-of-the-earlier-one' },
      };
      expect(
        judge(pod, [warning(earlier, { reason: 'Unhealthy', message: 'x' })]),
      ).toBe('Progressing Progressing: is running but not ready');
    });
  });

  it('waits for a readiness gate that nobody opened', () => {
    const spec = { readinessGates: [{ conditionType: 'example.com/warm' }] };
    expect(judge(podOf({ spec }))).toBe(
      'Progressing NotReady: waits for the readiness gate example.com/warm',
    );
  });

  it('understands events of both API groups', () => {
    const pod = podOf({ createdAt: '2026-11-22T00:00:00Z' });
    const event: KubeObject = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'x' },
      regarding: { kind: 'Pod', name: 'web-1', uid: 'uid-web-1' },
      type: 'Warning',
      reason: 'Unhealthy',
      note: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
      series: { count: 9, lastObservedTime: '2026-11-23T00:00:30.000000Z' },
    };
    expect(judge(pod, [event])).toContain('HTTP status 500');
  });
});
