import { saysTheSame } from './asWritten';
import { KubeObject } from './kubernetes';

const written = (metadata: object): KubeObject => ({
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Application',
  metadata: { name: 'checkout', generation: 1, ...metadata },
});

describe('a write said the same', () => {
  it.each([
    ['only the status moved', { resourceVersion: '8' }],
    [
      'a cache left out what kubectl keeps for itself',
      {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    ],
    ['labels are there and empty', { labels: {} }],
  ])('where %s', (_case, metadata) => {
    expect(saysTheSame(written({}), written(metadata))).toBe(true);
  });

  it.each([
    ['the specification is another', { generation: 2 }],
    ['a label came', { labels: { team: 'shop' } }],
    ['an annotation came', { annotations: { note: 'x' } }],
  ])('and not where %s', (_case, metadata) => {
    expect(saysTheSame(written({}), written(metadata))).toBe(false);
  });
});
