import { InMemoryKube, KubeError, RequestInfo } from '@understage/kube';
import { ApplicationStatus } from '@understage/plugin-paas-common';
import { applicationType } from '@understage/plugin-paas-node';
import { createManualTimers, settle } from '../__testUtils__/manualTimers';
import { StatusWriter } from './statusWriter';

const namespaces = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

const status = (message: string): ApplicationStatus => ({
  observedGeneration: 1,
  state: 'Progressing',
  message,
  components: [],
  conditions: [],
});

function setUp(options: { concurrency?: number } = {}) {
  let fault: ((request: RequestInfo) => void) | undefined;
  const term = new AbortController();
  const errors: string[] = [];
  const kube = new InMemoryKube({ fault: request => fault?.(request) });
  const timers = createManualTimers();
  kube.seed(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  const seed = (name = 'user-service') => {
    const { metadata } = kube.seed(applicationType, {
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name, namespace: 'shop' },
      spec: { components: [] },
    });
    return { namespace: 'shop', name, uid: metadata.uid ?? '' };
  };
  const written: string[] = [];
  const statuses = new StatusWriter<ApplicationStatus>({
    writer: kube.writer({ fieldManager: 'understage' }),
    type: applicationType,
    timers,
    monotonic: timers.monotonic,
    fence: () => (term.signal.aborted ? undefined : term.signal),
    concurrency: options.concurrency,
    onWritten: ({ metadata }) => written.push(metadata.name),
    onError: (key, error) => errors.push(`${key}: ${error}`),
  });
  const message = async (name = 'user-service') => {
    const object = await kube.get(applicationType, { namespace: 'shop', name });
    const found: unknown = object?.status;
    return typeof found === 'object' && found !== null && 'message' in found
      ? found.message
      : undefined;
  };
  return {
    kube,
    timers,
    seed,
    statuses,
    written,
    errors,
    message,
    depose: () => term.abort(),
    failWith: (next: typeof fault) => {
      fault = next;
    },
  };
}

const onPatch = (error: Error) => (request: RequestInfo) => {
  if (request.verb === 'patch') throw error;
};

describe('the status of an application', () => {
  it('is written at once, and tells the object as the server has it', async () => {
    const { seed, statuses, written, message } = setUp();
    statuses.submit(seed(), status('one'));
    await statuses.drained();
    expect(await message()).toBe('one');
    expect(written).toEqual(['user-service']);
  });

  it('is written at most once a second, the newest only', async () => {
    const { seed, statuses, timers, message, written } = setUp();
    const target = seed();
    statuses.submit(target, status('one'));
    await settle();
    statuses.submit(target, status('two'));
    statuses.submit(target, status('three'));
    await timers.pass(999);
    expect(await message()).toBe('one');
    await timers.pass(1);
    expect(await message()).toBe('three');
    expect(written).toHaveLength(2);
  });

  it('of one application does not hold up that of another', async () => {
    const { seed, statuses, message } = setUp();
    const first = seed('a');
    statuses.submit(first, status('one'));
    await settle();
    statuses.submit(first, status('two'));
    statuses.submit(seed('b'), status('of b'));
    await settle();
    expect(await message('b')).toBe('of b');
  });

  it('is written for a few applications at a time', async () => {
    const { seed, statuses, failWith } = setUp({ concurrency: 2 });
    let under = 0;
    let most = 0;
    failWith(request => {
      if (request.verb !== 'patch') return;
      under += 1;
      most = Math.max(most, under);
      setImmediate(() => {
        under -= 1;
      });
    });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      statuses.submit(seed(name), status(name));
    }
    expect(most).toBe(2);
    await statuses.drained();
  });

  it('counts as pending until the server has it', async () => {
    const { seed, statuses } = setUp();
    const target = seed();
    expect(
      statuses.pending({ namespace: 'shop', name: 'user-service' }),
    ).toBeUndefined();
    statuses.submit(target, status('one'));
    expect(
      statuses.pending({ namespace: 'shop', name: 'user-service' })?.message,
    ).toBe('one');
    await statuses.drained();
    expect(
      statuses.pending({ namespace: 'shop', name: 'user-service' }),
    ).toBeUndefined();
    statuses.submit(target, status('two'));
    expect(
      statuses.pending({ namespace: 'shop', name: 'user-service' })?.message,
    ).toBe('two');
  });

  it('that was not taken is tried again, a second later', async () => {
    const { seed, statuses, timers, failWith, message, errors } = setUp();
    failWith(onPatch(new KubeError('the server is away', { status: 503 })));
    statuses.submit(seed(), status('one'));
    await settle();
    expect(errors).toHaveLength(1);
    failWith(undefined);
    await timers.pass(1000);
    expect(await message()).toBe('one');
  });

  it('gives way to a newer one while it is tried again', async () => {
    const { seed, statuses, timers, failWith, message } = setUp();
    const target = seed();
    failWith(onPatch(new KubeError('the server is away', { status: 503 })));
    statuses.submit(target, status('one'));
    await settle();
    failWith(undefined);
    statuses.submit(target, status('two'));
    await timers.pass(1000);
    expect(await message()).toBe('two');
  });

  it('that is refused is said, and not tried again by itself', async () => {
    const { seed, statuses, timers, failWith, errors, kube } = setUp();
    failWith(onPatch(new Error('not allowed')));
    statuses.submit(seed(), status('one'));
    await timers.pass(10_000);
    expect(errors).toEqual(['shop/user-service: Error: not allowed']);
    expect(kube.requests('patch')).toBe(1);
  });

  it('of a deleted application does not reach its successor of the same name', async () => {
    const { seed, statuses, message } = setUp();
    const former = seed();
    seed();
    statuses.submit({ ...former, uid: 'uid-of-the-former' }, status('stale'));
    await statuses.drained();
    expect(await message()).toBeUndefined();
  });

  it('of a successor is not held up by its predecessor', async () => {
    const { seed, statuses, timers, message, written } = setUp();
    const target = seed();
    const former = { ...target, uid: 'uid-of-the-former' };
    statuses.submit(former, status('one'));
    await settle();
    statuses.submit(former, status('two'));
    statuses.submit(target, status('mine'));
    await settle();
    expect(await message()).toBe('mine');
    await timers.pass(5000);
    expect(written).toEqual(['user-service']);
  });

  it('is forgotten with its application', async () => {
    const { seed, statuses, timers, message } = setUp();
    const target = seed();
    statuses.submit(target, status('one'));
    await settle();
    statuses.submit(target, status('two'));
    statuses.forget({ namespace: 'shop', name: 'user-service' });
    await timers.pass(5000);
    expect(await message()).toBe('one');
    await statuses.drained();
  });

  it('is not written by a deposed leader', async () => {
    const { seed, statuses, depose, kube } = setUp();
    const target = seed();
    depose();
    statuses.submit(target, status('one'));
    await statuses.drained();
    expect(kube.writes).toEqual([]);
  });
});
