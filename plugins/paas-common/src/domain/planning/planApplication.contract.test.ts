/** @jest-environment node */
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test may start the playground, see the import matrix
import { startPlayground, Playground } from '@understage/playground';
import { stringify } from 'yaml';
import { Action } from '../action';
import { Desired } from '../desired';
import { isRecord } from '../jsonValue';
import { allowedKinds, apiVersionOf } from '../kinds';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { renderApplication } from '../rendering/renderApplication';
import { applicationOf } from '../rendering/testing/applicationOf';
import { Golden, readGoldens } from '../rendering/testing/goldens';
import { isWrite } from './describeAction';
import { diffObject } from './diffObject';
import { planApplication } from './planApplication';
import { awkwardObjects } from './testing/awkwardObjects';
import { everyLeafChanged } from './testing/everyLeaf';

jest.setTimeout(180_000);

let playground: Playground;

/** A namespace of each golden's own, so that their names do not meet. */
function namespaceOf(golden: Golden): string {
  return `golden-${golden.name}`;
}

async function get(...args: string[]): Promise<readonly KubeObject[]> {
  const text = await playground.kubectl([
    'get',
    ...args,
    '-o',
    'json',
    '--show-managed-fields',
  ]);
  const list: unknown = JSON.parse(text);
  return isRecord(list) && Array.isArray(list.items) ? list.items : [];
}

async function served(): Promise<ReadonlySet<string>> {
  const text = await playground.kubectl([
    'api-resources',
    '--no-headers',
    '-o',
    'name',
  ]);
  return new Set(text.split('\n').map(line => line.split('.')[0]));
}

async function observe(namespace: string): Promise<readonly KubeObject[]> {
  const known = await served();
  const kinds = allowedKinds.filter(kind => known.has(kind.plural));
  const lists = await Promise.all(
    kinds.map(async kind =>
      (
        await get(
          [kind.plural, kind.group].filter(part => part !== '').join('.'),
          '-n',
          namespace,
        )
      ).map(object => ({
        ...object,
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
      })),
    ),
  );
  return lists.flat();
}

/** Stands for the Application: the garbage collector of the real control plane looks owners up. */
async function createOwner(namespace: string) {
  await playground.kubectl(['create', 'namespace', namespace]);
  const [owner] = (
    await get('namespaces', '--field-selector', `metadata.name=${namespace}`)
  ).values();
  return owner.metadata.uid ?? '';
}

async function execute(actions: readonly Action[]) {
  const objects = actions.flatMap(action =>
    action.kind === 'create' || action.kind === 'update' ? [action.object] : [],
  );
  if (objects.length === 0) return;
  await playground.kubectl(
    [
      'apply',
      '--server-side',
      '--field-manager=understage',
      '--force-conflicts',
      '-f',
      '-',
    ],
    objects.map(object => stringify(object)).join('---\n'),
  );
}

beforeAll(async () => {
  // Without the controller manager nothing collects objects whose owner is a stand-in.
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
});
afterAll(async () => {
  await playground?.stop();
});

/** Plans and executes in one namespace, as one application. */
class World {
  uid = '';
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  async plan(desired: Desired): Promise<readonly Action[]> {
    const items = await observe(this.namespace);
    const { actions } = planApplication({
      desired,
      owner: { uid: this.uid, name: desired.application.metadata.name },
      snapshot: { complete: true, items, at: '2026-11-23T00:00:00Z' },
      available: new Set(desired.components.map(({ name }) => name)),
    });
    return actions.filter(action => action.kind !== 'none');
  }

  async apply(desired: Desired) {
    await execute(await this.plan(desired));
  }

  async live(desired: KubeObject): Promise<KubeObject> {
    const key = refKey(refOf(desired));
    const items = await observe(this.namespace);
    const found = items.find(item => refKey(refOf(item)) === key);
    if (!found) throw new Error(`${key} is not in the cluster`);
    return found;
  }
}

describe.each(readGoldens().map(golden => [golden.name, golden] as const))(
  'the golden application %s on a real API server',
  (_name, golden) => {
    const world = new World(namespaceOf(golden));
    let desired: Desired;

    beforeAll(async () => {
      world.uid = await createOwner(world.namespace);
      const known = await served();
      const rendered = renderApplication(golden.application, {
        ...golden.context,
        namespace: world.namespace,
      });
      // The Gateway API is an add-on that a bare API server does not have.
      desired = {
        ...rendered,
        objects: rendered.objects.filter(
          ({ object }) =>
            object.kind !== 'HTTPRoute' || known.has('httproutes'),
        ),
      };
    });

    it('is applied, and then there is nothing more to do', async () => {
      await world.apply(desired);

      expect((await world.plan(desired)).filter(isWrite)).toEqual([]);
    });

    it('is repaired wherever somebody changes a value that we sent', async () => {
      const items = await observe(world.namespace);
      const unseen = desired.objects.flatMap(({ object }) => {
        const live = items.find(
          item => refKey(refOf(item)) === refKey(refOf(object)),
        );
        if (!live) return [`${object.kind} ${object.metadata.name} is missing`];
        // Changing what we want to another value finds the same places as somebody changing the live object.
        return everyLeafChanged(object, ['spec', 'data', 'type'])
          .filter(
            ({ object: changed }) => diffObject(changed, live).length === 0,
          )
          .map(({ path }) => `${object.kind} ${object.metadata.name}: ${path}`);
      });

      expect(unseen).toEqual([]);
    });
  },
);

describe('objects as charts write them, on a real API server', () => {
  const world = new World('awkward');
  const application = applicationOf(
    { components: [{ name: 'chart', type: 'HelmChart', chart: 'a/b' }] },
    'awkward',
  );
  const want = (objects: readonly KubeObject[]): Desired => ({
    application,
    namespace: world.namespace,
    tenant: 'awkward',
    components: [
      {
        name: 'chart',
        type: 'HelmChart',
        dependsOn: [],
        objects: objects.map(refOf),
      },
    ],
    edges: [],
    objects: objects.map(object => ({
      object,
      component: 'chart',
      retained: false,
    })),
    refusals: [],
    warnings: [],
  });

  beforeAll(async () => {
    world.uid = await createOwner(world.namespace);
    await world.apply(want(awkwardObjects(world.namespace)));
  });

  it('are applied once, and then there is nothing more to do', async () => {
    expect(await world.plan(want(awkwardObjects(world.namespace)))).toEqual([]);
  });

  it('lose the fields that are no longer sent, and the plan names them', async () => {
    const lighter = awkwardObjects(world.namespace).map(object => {
      if (object.kind !== 'ConfigMap') return object;
      return { ...object, data: { 'a.conf': 'x = 1\n' } };
    });

    const [action] = await world.plan(want(lighter));
    expect(action).toMatchObject({
      kind: 'update',
      drift: false,
      changes: [{ path: 'data.empty', from: '', to: undefined }],
    });
    await world.apply(want(lighter));
    expect(await world.plan(want(lighter))).toEqual([]);

    const configMap = lighter.find(({ kind }) => kind === 'ConfigMap');
    expect(configMap && (await world.live(configMap)).data).toEqual({
      'a.conf': 'x = 1\n',
    });
  });

  it('are repaired when somebody scales them', async () => {
    const desired = want(awkwardObjects(world.namespace));
    await world.apply(desired);
    await playground.kubectl([
      'scale',
      'deployment/awkward',
      '--replicas=5',
      '-n',
      world.namespace,
    ]);

    expect(await world.plan(desired)).toMatchObject([
      {
        kind: 'update',
        drift: true,
        changes: [{ path: 'spec.replicas', from: 5, to: 2 }],
      },
    ]);
    await world.apply(desired);
    expect(await world.plan(desired)).toEqual([]);
  });

  it('keep what others add to them', async () => {
    const desired = want(awkwardObjects(world.namespace));
    await world.apply(desired);
    const sidecar = [
      {
        op: 'add',
        path: '/spec/template/spec/containers/-',
        value: { name: 'sidecar', image: 'registry.example.com/mesh:1' },
      },
    ];
    await playground.kubectl([
      'patch',
      'deployment/awkward',
      '-n',
      world.namespace,
      '--type=json',
      `-p=${JSON.stringify(sidecar)}`,
    ]);

    expect(await world.plan(desired)).toEqual([]);
  });
});
