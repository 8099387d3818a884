import {
  chartDeployment,
  chartObject,
  chartService,
  verdict,
} from './testing/chartObjects';

describe('names that Kubernetes does not accept', () => {
  it('of an object are refused, said on one line', () => {
    expect(verdict(chartService('Gr\u00f6\u00dfe'))).toBe(
      'FieldNotAllowed: redis: Service Gr\u00f6\u00dfe: metadata.name "Gr\u00f6\u00dfe" is not one that Kubernetes accepts for a Service: lower-case letters, digits and -, beginning and ending with a letter or digit, at most 63 characters.',
    );
    const long = verdict(chartService(`a\n\u001b[31m${'x'.repeat(10_000)}`));
    expect(long).toMatch(/Service a\\n\\u001b\[31mx+\.\.\.: metadata\.name/);
    expect(long.length).toBeLessThan(500);
  });

  it.each([
    [
      'a label without a name',
      { labels: { 'a b': 'x' } },
      'metadata.labels has the key "a b", which Kubernetes does not accept: letters',
    ],
    [
      'a label of 64 characters',
      { labels: { a: 'x'.repeat(64) } },
      'metadata.labels.a is "xxx',
    ],
    [
      'a label that is a number',
      { labels: { version: 1.1 } },
      'metadata.labels.version is the number 1.1, and has to be text: quote it in the chart or its values.',
    ],
    [
      'labels that are a list',
      { labels: ['a'] },
      'metadata.labels is a list, and has to be a map of texts.',
    ],
    [
      'an annotation without a name',
      { annotations: { '/a': 'x' } },
      'metadata.annotations has the key "/a"',
    ],
    [
      'an annotation that is a truth value',
      { annotations: { scrape: true } },
      'metadata.annotations.scrape is true, and has to be text',
    ],
    [
      'annotations of more than 256 KiB',
      { annotations: { a: 'x'.repeat(200_000), b: '\u00e4'.repeat(40_000) } },
      'metadata.annotations are 280002 bytes together; at most 262144 are allowed.',
    ],
  ])(
    '%s is refused, on the object and on its pods',
    (_what, fields, sentence) => {
      expect(verdict(chartDeployment({}, fields))).toMatch(
        `FieldNotAllowed: redis: Deployment shop-redis: ${sentence}`,
      );
      const job = chartObject('CronJob', 'batch/v1', {
        spec: { jobTemplate: { spec: { template: { metadata: fields } } } },
      });
      expect(verdict(job)).toMatch(
        `CronJob thing: spec.jobTemplate.spec.template.${sentence}`,
      );
    },
  );

  it('labels of claims are looked at as well', () => {
    const set = chartObject('StatefulSet', 'apps/v1', {
      spec: {
        volumeClaimTemplates: [{ metadata: { labels: { a: '\u00e4' } } }],
      },
    });
    expect(verdict(set)).toMatch(
      'spec.volumeClaimTemplates[0].metadata.labels.a',
    );
  });

  it.each([
    ['labels without value', { labels: null }],
    ['a label that is null', { labels: { a: null } }],
    ['an annotation of any text', { annotations: { 'a.b/c': ' \n\u00e4' } }],
    ['an empty label', { labels: { a: '' } }],
  ])('%s are fine', (_what, fields) => {
    expect(verdict(chartDeployment({}, fields))).toBe('accepted');
  });
});
