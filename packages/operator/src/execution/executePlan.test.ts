import {
  DeleteOutcome,
  KubeError,
  KubeObject,
  KubeWriter,
  WriteOutcome,
} from '@understage/kube';
import { Action, Outcome, Plan } from '@understage/plugin-paas-common';
import { renderedResource } from '../reconcileApplication';
import { DeposedError, executePlan, Executor } from './executePlan';

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
      return { ...base, kind: verb, object, changes: [], drift: false };
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
  let leading = true;
  const deposeAt = { request: Infinity };
  const answer = <T>(what: string, otherwise: T): T => {
    asked.push(what);
    if (asked.length >= deposeAt.request) leading = false;
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
    apply: async (object, { force }) =>
      answer(
        `apply${force ? '!' : ''} ${object.kind}/${object.metadata.name}`,
        written(object),
      ),
    delete: async (type, { name }, { uid }) =>
      answer(`delete ${type.kind}/${name} ${uid}`, { kind: 'deleted' }),
    create: unused,
    update: unused,
  };
  const remembered: string[] = [];
  const executor: Executor = {
    writer,
    resourceType: renderedResource,
    mayWrite: () => leading,
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
      'apply Service/web',
      'apply! Deployment/web',
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
      const { executor, asked } = server({ 'apply Service/web': forbidden });
      const outcomes = await executePlan(
        plan(
          action('create', 'Service', 'web'),
          action('create', 'Service', 'api'),
          action('create', 'Deployment', 'web'),
          action('create', 'Deployment', 'api'),
        ),
        executor,
      );
      expect(asked).not.toContain('apply Deployment/web');
      expect(told(outcomes)).toEqual([
        'refused create Service/web QuotaExceeded',
        'done create Service/api',
        'skipped create Deployment/web',
        'done create Deployment/api',
      ]);
    });

    it('leaves everything alone when it belonged to the application as a whole', async () => {
      const { executor, asked } = server({ 'apply Service/all': forbidden });
      const outcomes = await executePlan(
        plan(
          general('create', 'Service', 'all'),
          action('create', 'Deployment', 'web'),
        ),
        executor,
      );
      expect(asked).toEqual(['apply Service/all']);
      expect(told(outcomes)).toEqual([
        'refused create Service/all QuotaExceeded',
        'skipped create Deployment/web',
      ]);
    });

    it.each([
      ['the server is busy', new KubeError('429', { status: 429 })],
      ['no answer came', new KubeError('connection reset')],
    ])('says that it is worth another try: %s', async (_, error) => {
      const { executor } = server({ 'apply Service/web': error });
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
        'apply Service/web': new TypeError('a bug'),
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
      expect(asked).toEqual(['delete Job/seed uid-seed', 'apply! Job/seed']);
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
    expect(asked).toEqual(['apply Service/a', 'apply Service/b']);
  });
});
