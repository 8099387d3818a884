import { cleanHelmMessage, describeHelmFailure } from './describeHelmFailure';

describe('cleanHelmMessage', () => {
  it.each([
    [
      'a template that fails on purpose',
      'Error: execution error at (redis/templates/c.yaml:1:3): auth.password is required\n\nUse --debug flag to render out invalid YAML\n',
      'auth.password is required (redis/templates/c.yaml:1:3)',
    ],
    [
      'a path of this machine',
      'Error: can not read /tmp/understage-helm-x/values.json: no',
      'can not read values.json: no',
    ],
    [
      'warnings before it',
      'WARNING: Kubernetes configuration file is group-readable\nlevel=WARN msg=x\nError: no',
      'no',
    ],
    ['terminal colours', 'Error: \u001b[31mno\u001b[0m', 'no'],
  ])('keeps the reason of %s', (_what, stderr, message) => {
    expect(cleanHelmMessage(stderr, ['/tmp/understage-helm-x'])).toBe(message);
  });

  it('cuts what nobody will read', () => {
    expect(cleanHelmMessage('x'.repeat(9000), [])).toHaveLength(500);
  });
});

describe('describeHelmFailure', () => {
  const limits = { timeoutMs: 30_000, maxOutputBytes: 100, paths: [] };
  const result = { code: null, stdout: '', stderr: '' };
  it.each([
    [
      { ...result, ended: 'timeout' as const },
      'rendering took longer than 30 s and was stopped',
    ],
    [{ ...result, ended: 'output' as const }, 'it renders more than 100 bytes'],
    [
      {
        ...result,
        ended: 'exit' as const,
        code: 2,
        stderr: 'fatal error: runtime: out of memory\n\ngoroutine 1',
      },
      'rendering it takes more memory than a chart may have',
    ],
    [{ ...result, ended: 'exit' as const, code: 1 }, 'helm ended with code 1'],
  ])('says how %j ended', (end, sentence) => {
    expect(describeHelmFailure(end, limits)).toBe(sentence);
  });
});
