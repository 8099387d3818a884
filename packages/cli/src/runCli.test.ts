import { KubeError } from '@understage/kube';
import { CliFailure, Interrupted } from './exitCodes';
import { runCli } from './runCli';
import { createTestWorld } from './testing/createTestWorld';

const escape = '\u001b';

describe('paas', () => {
  it('teaches: every verb, with the meaning of the exit codes', async () => {
    const { code, out } = await createTestWorld().run('--help');
    expect(code).toBe(0);
    for (const verb of ['validate', 'plan', 'apply', 'rollback', 'doctor']) {
      expect(out).toContain(`  ${verb} `);
    }
    expect(out).toMatch(/4 +not ready in time/);
  });

  it.each([
    ['plan', 'paas plan app.yaml'],
    ['logs', 'paas logs user-service -f'],
    ['delete', 'paas delete user-service'],
  ])('shows examples for %s', async (verb, example) => {
    const { code, out } = await createTestWorld().run(verb, '--help');
    expect(code).toBe(0);
    expect(out).toContain(example);
  });

  it('calls itself what it was called as', async () => {
    const test = createTestWorld();
    const world = { ...test.world, program: 'kubectl paas' };
    await runCli(['status', '--help'], world);
    expect(test.text.out).toContain('Usage: kubectl paas status');
    expect(test.text.out).toContain('  kubectl paas status user-service');
  });

  it.each([
    [['staus'], 'Did you mean status?'],
    [['status', '--wach'], 'Did you mean --watch?'],
    [['logs'], "missing required argument 'name'"],
    [['plan', '-o', 'xml', 'x'], 'Allowed choices are table, json, yaml'],
    [['apply'], 'No file was named'],
    [['validate', '-', '-'], 'only once'],
    [['apply', '-f', 'x.yaml', '--timeout', 'soon'], '90s, 5m or 1h'],
    [['logs', 'checkout', '--since', 'yesterday'], 'write 90s, 5m or 2h'],
    [['logs', 'a,b'], 'is not a name'],
    [['completion', 'bahs'], 'did you mean bash'],
  ])('%j is a problem in the input', async (args, sentence) => {
    const { code, err } = await createTestWorld().run(...args);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });

  it.each([
    [new KubeError('the connection was refused'), 3],
    [new KubeError('too many requests', { status: 429 }), 3],
    [new KubeError('internal', { status: 500 }), 3],
    [new KubeError('forbidden', { status: 403 }), 2],
    [new KubeError('who are you', { status: 401 }), 2],
    [new KubeError('bad request', { status: 400 }), 1],
    [new CliFailure(4, 'too late'), 4],
    [new Error('a bug'), 1],
  ])('%s ends with %s', async (error, code) => {
    const test = createTestWorld({
      connect: async () => {
        throw error;
      },
    });
    const run = await test.run('status');
    expect(run.code).toBe(code);
    expect(run.err).toContain(error.message);
    expect(run.err).not.toContain('runCli.ts');
  });

  it('says its version', async () => {
    const { code, out } = await createTestWorld().run('--version');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 130 on Ctrl-C, and quietly when nobody reads on', async () => {
    const endOf = async (reason: Error) => {
      const stop = new AbortController();
      const { world } = createTestWorld({
        connect: async () => {
          stop.abort(reason);
          throw reason;
        },
      });
      return runCli(['status'], { ...world, signal: stop.signal });
    };
    expect(await endOf(new Interrupted('interrupted'))).toBe(130);
    expect(await endOf(new Error('EPIPE'))).toBe(0);
  });

  it('shows where a failure came from when asked', async () => {
    const test = createTestWorld({
      env: { UNDERSTAGE_DEBUG: '1' },
      connect: async () => {
        throw new Error('a bug', { cause: new Error('the root') });
      },
    });
    const { err } = await test.run('status');
    expect(err).toContain('the root');
    expect(err).toContain('runCli.test.ts');
  });

  it('colours on a terminal only, and not when asked not to', async () => {
    const colored = async (options = {}, ...args: string[]) =>
      (
        await createTestWorld(options).run('explain', 'reasons', ...args)
      ).out.includes(escape);
    expect(await colored()).toBe(false);
    expect(await colored({ terminal: true })).toBe(true);
    expect(await colored({ terminal: true, env: { NO_COLOR: '1' } })).toBe(
      false,
    );
    expect(await colored({ terminal: true, env: { TERM: 'dumb' } })).toBe(
      false,
    );
    expect(await colored({ terminal: true }, '--color', 'never')).toBe(false);
    expect(await colored({}, '--color', 'always')).toBe(true);
  });

  it('sends nothing to the terminal that others wrote for it', async () => {
    const hostile = `${escape}]0;owned\u0007${escape}[2Jname`;
    const { err } = await createTestWorld({ terminal: true }).run(
      'explain',
      hostile,
    );
    expect(err).not.toContain(`${escape}]`);
    expect(err).not.toContain(`${escape}[2J`);
    expect(err).toContain('name');
  });
});
