import { ChartProblem } from './ChartProblem';
import { parseChartReference } from './parseChartReference';

const repositories = {
  bitnami: { url: 'https://charts.example.com/bitnami' },
  jetstack: { url: 'https://charts.example.com/jetstack' },
  registry: { url: 'oci://registry.example.com/charts' },
};

function problemOf(chart: string): { reason: string; message: string } {
  try {
    parseChartReference(chart, repositories);
  } catch (error) {
    if (error instanceof ChartProblem) {
      return { reason: error.reason, message: error.message };
    }
    throw error;
  }
  throw new Error(`${chart} was accepted`);
}

describe('parseChartReference', () => {
  it('takes a chart of a configured repository', () => {
    expect(parseChartReference('bitnami/redis', repositories)).toEqual({
      kind: 'repository',
      alias: 'bitnami',
      repository: repositories.bitnami,
      name: 'redis',
    });
  });

  it('takes a chart below a configured registry prefix, by alias or written out', () => {
    const expected = {
      kind: 'oci',
      registry: 'registry.example.com',
      path: 'charts/redis',
      plainHttp: false,
      name: 'redis',
    };
    expect(parseChartReference('registry/redis', repositories)).toEqual(
      expected,
    );
    expect(
      parseChartReference(
        'oci://registry.example.com/charts/redis',
        repositories,
      ),
    ).toEqual(expected);
  });

  it.each([
    ['redis', 'names no repository'],
    ['/redis', 'names no repository'],
    ['', 'names no repository'],
    ['apache/redis', '"apache" is not configured'],
    ['__proto__/redis', '"__proto__" is not configured'],
    ['constructor/redis', '"constructor" is not configured'],
    ['https://evil.example.com/redis', '"https:" is not configured'],
    ['file:///etc/passwd', '"file:" is not configured'],
    ['../redis', '".." is not configured'],
    ['oci://evil.example.com/charts/redis', 'is not configured'],
    ['oci://registry.example.com/chartsevil/redis', 'is not configured'],
    ['oci://registry.example.com.evil.com/charts/redis', 'is not configured'],
  ])('S21: %j is no configured repository', (chart, sentence) => {
    const problem = problemOf(chart);
    expect(problem.reason).toBe('RepositoryUnknown');
    expect(problem.message).toContain(sentence);
    expect(problem.message).toContain('bitnami, jetstack, registry');
  });

  it.each([
    'bitnami/..',
    'bitnami/.',
    'bitnami/../jetstack/redis',
    'bitnami/a..b',
    'bitnami/redis/extra',
    'bitnami/redis?x=1',
    'bitnami/redis#x',
    'bitnami/%2e%2e',
    'bitnami/',
    'bitnami/-v',
    'bitnami/redis redis',
    'bitnami/redis\n',
    'oci://registry.example.com/charts/../redis',
    'oci://registry.example.com/charts/redis:1.0.0',
    'oci://registry.example.com/charts/redis@sha256:abc',
    'oci://registry.example.com/charts/',
  ])('S21: %j is not the name of a chart', chart => {
    expect(['ChartNotFound', 'RepositoryUnknown']).toContain(
      problemOf(chart).reason,
    );
  });

  it('says so when nothing is configured', () => {
    expect(() => parseChartReference('bitnami/redis', {})).toThrow(
      'none is configured',
    );
  });
});
