import {
  DeleteOutcome,
  KubeError,
  KubeObject,
  KubeWriter,
  WriteOutcome,
} from '@understage/kube';
import { Action, Outcome, Plan } from '@understage/plugin-paas-common';
import { renderedResource } from '../reconcileApplication';
import { executePlan, Executor } from './executePlan';
import { DeposedError } from './fence';

function objectOf(kind: string, name: string): KubeObject {
  const apiVersion = { Deployment: 'apps/v1', Job: 'batch/v1' }[kind] ?? 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'shop' } };
}

function action(
  verb: 'create' | 'update' | 'replace' | 'delete',
  kind: string,
  name: string,
  component: string | undefined = name,
): Action {
  const object = objectOf(kind, name);
  const ref = {
    apiVersion: object.apiVersion,
    kind,
    namespace: 'shop',
    name,
  };
  const base = component === undefined ? { ref } : { ref, component };
  switch (verb) {
    case 'create':
      return { ...base, kind: verb, object };
    case 'update':
      return {
        ...base,
        kind: verb,
        object,
        uid: `uid-${name}`,
        changes: [],
        drift: false,
      };
    case 'replace':
      return { ...base, kind: verb, object, changes: [], uid: `uid-${name}` };
    default:
      return { ...base, kind: verb, uid: `uid-${name}`, why: 'not wanted' };
  }
}

const general = (verb: 'create', kind: string, name: string): Action => {
  const { component: _component, ...rest } = action(verb, kind, name);
  return rest;
};

const plan = (...actions: readonly Action[]): Plan => ({
  application: { namespace: 'shop', name: 'shop' },
  actions,
});

type Answer = WriteOutcome | DeleteOutcome | Error;

/** A server that writes down what it is asked for; `answers` by `verb Kind/name`. */
function server(answers: Readonly<Record<string, Answer>> = {}) {
  const asked: string[] = [];
  const term = new AbortController();
  const deposeAt = { request: Infinity };
  const answer = <T>(what: string, otherwise: T): T => {
    asked.push(what);
    if (asked.length >= deposeAt.request) term.abort();
    const given = answers[what];
    if (given instanceof Error) throw given;
    return (given as T | undefined) ?? otherwise;
  };
  const written = (object: KubeObject): WriteOutcome => ({
    kind: 'written',
    object: {
      ...object,
      metadata: { ...object.metadata, resourceVersion: '1' },
    },
    created: true,
    changed: true,
  });
  const unused = async () => {
    throw new Error('plans are executed by apply and delete only');
  };
  const writer: KubeWriter = {
    apply: async (object, { force, ifAbsent, signal }) => {
      const { name, uid } = object.metadata;
      const verb = ifAbsent ? 'create' : `apply${force ? '!' : ''}`;
      const to = uid === undefined ? '' : ` ${uid}`;
      const given = answer(
        `${verb} ${object.kind}/${name}${to}`,
        written(object),
      );
      signal?.throwIfAborted();
      return given;
    },
    delete: async (type, { name }, { uid }) =>
      answer(`delete ${type.kind}/${name} ${uid}`, { kind: 'deleted' }),
    create: unused,
    update: unused,
  };
  const remembered: string[] = [];
  const executor: Executor = {
    writer,
    resourceType: renderedResource,
    fence: () => (term.signal.aborted ? undefined : term.signal),
    onWritten: object => remembered.push(`written ${object.metadata.name}`),
    onDeleted: ({ ref }) => remembered.push(`deleted ${ref.name}`),
  };
  return {
    asked,
    remembered,
    executor,
    /** Leadership is lost while this request, counted from one, is answered. */
    deposeAt: (request: number) => {
      deposeAt.request = request;
    },
  };
}

const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(
    outcome =>
      `${outcome.kind} ${outcome.action.kind} ${outcome.action.ref.kind}/${
        outcome.action.ref.name
      }${outcome.kind === 'refused' ? ` ${outcome.reason}` : ''}`,
  );

const forbidden: WriteOutcome = {
  kind: 'forbidden',
  message:
    'services "web" is forbidden: exceeded quota: q, requested: services=1, used: services=5, limited: services=5',
};

describe('executing a plan', () => {
  it('writes in the order of the plan, and takes fields over only of what is ours already', async () => {
    const { executor, asked } = server();
    const outcomes = await executePlan(
      plan(
        action('create', 'Service', 'web'),
        action('update', 'Deployment', 'web'),
        action('delete', 'Service', 'old'),
      ),
      executor,
    );
    expect(asked).toEqual([
      'create Service/web',
      'apply! Deployment/web uid-web',
      'delete Service/old uid-old',
    ]);
    expect(told(outcomes)).toEqual([
      'done create Service/web',
      'done update Deployment/web',
      'done delete Service/old',
    ]);
  });

  it('answers with the object as the server has it, and has it remembered', async () => {
    const { executor, remembered } = server();
    const [outcome] = await executePlan(
      plan(action('create', 'Service', 'web')),
      executor,
    );
    expect(outcome).toMatchObject({
      kind: 'done',
      object: { metadata: { resourceVersion: '1' } },
    });
    expect(remembered).toEqual(['written web']);
  });

  it('asks for nothing where there is nothing to write', async () => {
    const { executor, asked } = server();
    const ref = { apiVersion: 'v1', kind: 'Service', name: 'web' };
    const outcomes = await executePlan(
      plan(
        { kind: 'none', ref },
        { kind: 'keep', ref, why: 'it holds data' },
        { kind: 'refuse', ref, reason: 'OwnedByOther', message: 'not ours' },
        { kind: 'wait', ref, reason: 'AwaitingImage', message: 'no image' },
      ),
      executor,
    );
    expect(asked).toEqual([]);
    expect(told(outcomes)).toEqual([
      'refused refuse Service/web OwnedByOther',
      'refused wait Service/web AwaitingImage',
    ]);
  });

  it('begins a kind only when the one before is done', async () => {
    const finished: string[] = [];
    const { executor } = server();
    const slow: KubeWriter = {
      ...executor.writer,
      apply: async (object, options) => {
        const running = `${object.kind}/${object.metadata.name}`;
        if (object.kind === 'Deployment') {
          expect(finished).toEqual(['Service/a', 'Service/b']);
        }
        await Promise.resolve();
        finished.push(running);
        return executor.writer.apply(object, options);
      },
    };
    await executePlan(
      plan(
        action('create', 'Service', 'a'),
        action('create', 'Service', 'b'),
        action('create', 'Deployment', 'a'),
      ),
      { ...executor, writer: slow },
    );
    expect(finished).toHaveLength(3);
  });

  describe('when a component can not be written', () => {
    it('leaves the rest of it alone, and goes on with the others', async () => {
      const { executor, asked } = server({ 'create Service/web': forbidden });
      const outcomes = await executePlan(
        plan(
          action('create', 'Service', 'web'),
          action('create', 'Service', 'api'),
          action('create', 'Deployment', 'web'),
          action('create', 'Deployment', 'api'),
        ),
        executor,
      );
      expect(asked).not.toContain('create Deployment/web');
      expect(told(outcomes)).toEqual([
        'refused create Service/web QuotaExceeded',
        'done create Service/api',
        'skipped create Deployment/web',
        'done create Deployment/api',
      ]);
    });

    it('leaves everything alone when it belonged to the application as a whole', async () => {
      const { executor, asked } = server({ 'create Service/all': forbidden });
      const outcomes = await executePlan(
        plan(
          general('create', 'Service', 'all'),
          action('create', 'Deployment', 'web'),
        ),
        executor,
      );
      expect(asked).toEqual(['create Service/all']);
      expect(told(outcomes)).toEqual([
        'refused create Service/all QuotaExceeded',
        'skipped create Deployment/web',
      ]);
    });

    it.each([
      ['the server is busy', new KubeError('429', { status: 429 })],
      ['no answer came', new KubeError('connection reset')],
    ])('says that it is worth another try: %s', async (_, error) => {
      const { executor } = server({ 'create Service/web': error });
      const outcomes = await executePlan(
        plan(
          action('create', 'Service', 'web'),
          action('create', 'Deployment', 'web'),
        ),
        executor,
      );
      expect(told(outcomes)).toEqual([
        'failed create Service/web',
        'skipped create Deployment/web',
      ]);
    });

    it('does not take a fault of our own for one of the server', async () => {
      const { executor } = server({
        'create Service/web': new TypeError('a bug'),
      });
      await expect(
        executePlan(plan(action('create', 'Service', 'web')), executor),
      ).rejects.toThrow('a bug');
    });
  });

  it('refuses kinds that the platform does not render', async () => {
    const { executor, asked } = server();
    const outcomes = await executePlan(
      plan(action('create', 'Node', 'web')),
      executor,
    );
    expect(asked).toEqual([]);
    expect(told(outcomes)).toEqual(['refused create Node/web KindNotAllowed']);
  });

  describe('deleting', () => {
    it.each<[string, DeleteOutcome]>([
      ['it was gone already', { kind: 'absent' }],
      [
        'another object has its name',
        { kind: 'preconditionFailed', message: 'uid' },
      ],
    ])('is done when %s', async (_, answer) => {
      const { executor } = server({ 'delete Service/old uid-old': answer });
      const outcomes = await executePlan(
        plan(action('delete', 'Service', 'old')),
        executor,
      );
      expect(told(outcomes)).toEqual(['done delete Service/old']);
    });

    it('is refused when we may not, and then nothing is believed to be gone', async () => {
      const { executor, remembered } = server({
        'delete Service/old uid-old': { kind: 'forbidden', message: 'no' },
      });
      const outcomes = await executePlan(
        plan(action('delete', 'Service', 'old')),
        executor,
      );
      expect(told(outcomes)).toEqual(['refused delete Service/old Forbidden']);
      expect(remembered).toEqual([]);
    });
  });

  describe('replacing', () => {
    it('deletes by uid, then creates again', async () => {
      const { executor, asked, remembered } = server();
      const outcomes = await executePlan(
        plan(action('replace', 'Job', 'seed')),
        executor,
      );
      expect(asked).toEqual(['delete Job/seed uid-seed', 'create Job/seed']);
      expect(remembered).toEqual(['deleted seed', 'written seed']);
      expect(told(outcomes)).toEqual(['done replace Job/seed']);
    });

    it('creates nothing when the old one may not be deleted', async () => {
      const { executor, asked } = server({
        'delete Job/seed uid-seed': { kind: 'forbidden', message: 'no' },
      });
      const outcomes = await executePlan(
        plan(action('replace', 'Job', 'seed')),
        executor,
      );
      expect(asked).toEqual(['delete Job/seed uid-seed']);
      expect(told(outcomes)).toEqual(['refused replace Job/seed Forbidden']);
    });
  });

  describe('when the cluster is no longer what was planned on', () => {
    const taken: WriteOutcome = {
      kind: 'conflict',
      message: 'services "web" already exists',
      managers: [],
    };
    const changed: WriteOutcome = {
      kind: 'conflict',
      message: 'the object has been modified',
      managers: [],
    };
    const replaced: WriteOutcome = {
      kind: 'missing',
      message: 'metadata.uid: Invalid value: field is immutable',
    };
    it.each<[string, 'create' | 'update' | 'replace', string, WriteOutcome]>([
      ['something has the name now', 'create', 'create Service/web', taken],
      [
        'something else has the name now',
        'update',
        'apply! Service/web uid-web',
        replaced,
      ],
      [
        'it was not left as it was handed over',
        'update',
        'apply! Service/web uid-web',
        changed,
      ],
      [
        'something came before the replacement',
        'replace',
        'create Service/web',
        taken,
      ],
    ])('plans again: %s', async (_, verb, request, answer) => {
      const { executor, asked } = server({ [request]: answer });
      const outcomes = await executePlan(
        plan(
          action(verb, 'Service', 'web'),
          action('create', 'Deployment', 'web'),
        ),
        executor,
      );
      expect(told(outcomes)).toEqual([
        `failed ${verb} Service/web`,
        'skipped create Deployment/web',
      ]);
      expect(asked.at(-1)).toBe(request);
    });

    it('tells a namespace that is gone from an object that is', async () => {
      const { executor } = server({
        'apply! Service/web uid-web': {
          kind: 'missing',
          message: 'namespaces "shop" not found',
        },
      });
      const outcomes = await executePlan(
        plan(action('update', 'Service', 'web')),
        executor,
      );
      expect(told(outcomes)).toEqual(['refused update Service/web NoDeployer']);
    });

    it('tells a field that somebody else holds from a change in between', async () => {
      const { executor } = server({
        'apply! Service/web uid-web': { ...changed, managers: ['kubectl'] },
      });
      const outcomes = await executePlan(
        plan(action('update', 'Service', 'web')),
        executor,
      );
      expect(told(outcomes)).toEqual([
        'refused update Service/web FieldConflict',
      ]);
    });
  });

  it('aborts the write that is under way when leadership is lost, and makes no other', async () => {
    const term = new AbortController();
    const { executor, asked } = server();
    const writer: KubeWriter = {
      ...executor.writer,
      apply: (object, options) => {
        asked.push(`create ${object.kind}/${object.metadata.name}`);
        return new Promise((_, reject) => {
          options.signal?.addEventListener('abort', () =>
            reject(new KubeError('applying Service web: aborted')),
          );
        });
      },
    };
    const executing = executePlan(
      plan(
        action('create', 'Service', 'web'),
        action('create', 'Deployment', 'web'),
        action('delete', 'Service', 'old'),
      ),
      { ...executor, writer, fence: () => term.signal },
    );
    term.abort();
    await expect(executing).rejects.toThrow(DeposedError);
    expect(asked).toEqual(['create Service/web']);
  });

  it('does not create again what it deleted once leadership is lost', async () => {
    const { executor, asked, deposeAt } = server();
    deposeAt(1);
    await expect(
      executePlan(plan(action('replace', 'Job', 'seed')), executor),
    ).rejects.toThrow(DeposedError);
    expect(asked).toEqual(['delete Job/seed uid-seed']);
  });

  it('writes nothing more once leadership is lost', async () => {
    const { executor, asked, deposeAt } = server();
    deposeAt(2);
    await expect(
      executePlan(
        plan(
          action('create', 'Service', 'a'),
          action('create', 'Service', 'b'),
          action('create', 'Service', 'c'),
          action('create', 'Deployment', 'a'),
        ),
        executor,
      ),
    ).rejects.toThrow(DeposedError);
    expect(asked).toEqual(['create Service/a', 'create Service/b']);
  });
});
