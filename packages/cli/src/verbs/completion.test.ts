import { execFileSync } from 'node:child_process';
import { createTestWorld } from '../testing/createTestWorld';

/** What bash would offer after these words; the last one is being typed. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { out } = await createTestWorld().run('completion', 'bash');
  const script = `${out}
COMP_WORDS=(paas ${words.map(word => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_paas
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    .split('\n')
    .filter(word => word !== '');
}

describe('completion for bash', () => {
  it.each([
    [['st'], ['status']],
    [['comp'], ['completion']],
    [['-n', 'shop', 'st'], ['status']],
    [['--context', 'apply', 'val'], ['validate']],
    [['status', '--wat'], ['--watch']],
    [['plan', '-o', 'j'], ['json']],
    [['--color', 'n'], ['never']],
    [['completion', 'f'], ['fish']],
    [['help', 'roll'], ['rollback']],
    [['ten'], ['tenant']],
    [['tenant', 'ap'], ['apply']],
    [['-n', 'shop', 'tenant', 'exp'], ['export']],
    [['tenant', 'apply', '--wa'], ['--wait']],
    [['tenant', 'delete', '--y'], ['--yes']],
  ])('after %j offers %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});
