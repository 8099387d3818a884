import { KubeObject } from '../kubernetes';
import { removedFields } from './removedFields';

function managed(
  fieldsV1: object,
  content: Record<string, unknown>,
  entry: object = {},
): KubeObject {
  const metadata = {
    name: 'web',
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Update',
        fieldsV1: { 'f:spec': { 'f:paused': {} } },
      },
      { manager: 'understage', operation: 'Apply', fieldsV1, ...entry },
    ],
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, ...content };
}

function wanted(
  content: Record<string, unknown>,
  kind = 'Deployment',
): KubeObject {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, ...content };
}

describe('fields that we applied once and no longer send', () => {
  it('are named with the value that goes', () => {
    const live = managed(
      { 'f:spec': { 'f:replicas': {}, 'f:minReadySeconds': {} } },
      { spec: { replicas: 3, minReadySeconds: 5 } },
    );
    expect(removedFields(wanted({ spec: { replicas: 3 } }), live)).toEqual([
      { path: 'spec.minReadySeconds', from: 5, to: undefined },
    ]);
  });

  it('are found inside of lists, by the keys of their entries', () => {
    const live = managed(
      {
        'f:spec': {
          'f:containers': {
            'k:{"name":"app"}': {
              '.': {},
              'f:name': {},
              'f:env': {
                'k:{"name":"A"}': { '.': {}, 'f:name': {} },
                'k:{"name":"B"}': { '.': {}, 'f:name': {} },
              },
              'f:ports': {
                'k:{"containerPort":80,"protocol":"TCP"}': { '.': {} },
              },
            },
          },
        },
      },
      {
        spec: {
          containers: [
            {
              name: 'app',
              env: [{ name: 'A' }, { name: 'B' }],
              ports: [{ containerPort: 80, protocol: 'TCP' }],
            },
          ],
        },
      },
    );
    const desired = wanted({
      spec: {
        containers: [
          { name: 'app', env: [{ name: 'A' }], ports: [{ containerPort: 80 }] },
        ],
      },
    });
    expect(removedFields(desired, live)).toEqual([
      {
        path: 'spec.containers[app].env[B]',
        from: { name: 'B' },
        to: undefined,
      },
    ]);
  });

  it('are named as a whole when the whole object around them was ours', () => {
    const live = managed(
      { 'f:spec': { 'f:strategy': { '.': {}, 'f:type': {} } } },
      { spec: { strategy: { type: 'Recreate' } } },
    );
    expect(removedFields(wanted({ spec: {} }), live)).toEqual([
      { path: 'spec.strategy', from: { type: 'Recreate' }, to: undefined },
    ]);
  });

  it('are named one by one when others have fields beside them', () => {
    const live = managed(
      { 'f:metadata': { 'f:labels': { 'f:ours': {} } } },
      {},
    );
    const labelled: KubeObject = {
      ...live,
      metadata: { ...live.metadata, labels: { ours: '1', theirs: '2' } },
    };
    expect(removedFields(wanted({}), labelled)).toEqual([
      { path: 'metadata.labels.ours', from: '1', to: undefined },
    ]);
  });

  it('of a Secret are named without their value', () => {
    const live: KubeObject = {
      ...managed(
        { 'f:data': { 'f:password': {} } },
        { data: { password: 'eA==' } },
      ),
      kind: 'Secret',
    };
    expect(removedFields(wanted({ data: {} }, 'Secret'), live)).toEqual([
      { path: 'data.password', from: '(hidden)', to: undefined },
    ]);
  });

  it.each<[string, KubeObject]>([
    ['nobody recorded who set what', wanted({ spec: { replicas: 3 } })],
    [
      'the record is of our status writes',
      managed(
        { 'f:spec': { 'f:replicas': {} } },
        { spec: { replicas: 3 } },
        { subresource: 'status' },
      ),
    ],
    [
      'the field is gone already',
      managed({ 'f:spec': { 'f:replicas': {} } }, { spec: {} }),
    ],
    [
      'the record can not be read',
      managed({ 'f:spec': { 'k:{broken': {} } }, { spec: [{}] }),
    ],
  ])('are not guessed when %s', (_what, live) => {
    expect(removedFields(wanted({ spec: {} }), live)).toEqual([]);
  });
});
