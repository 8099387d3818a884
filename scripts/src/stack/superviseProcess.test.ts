import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ManualTiming } from '@understage/kube';
import { ManagedProcess, startManagedProcess } from './managedProcess';
import { superviseProcess } from './superviseProcess';
import { waitFor } from './waitFor';

/** Processes that end when the test says so, and a clock that the test moves. */
function world(options: { readonly attempts?: number } = {}) {
  const timing = new ManualTiming();
  const told: string[] = [];
  const ends: ((how: string) => void)[] = [];
  function fake(): ManagedProcess {
    let asked = false;
    let end = (_how: string) => {};
    const ended = new Promise<{ how: string; asked: boolean }>(resolve => {
      end = how => resolve({ how, asked });
    });
    ends.push(end);
    return {
      name: 'operator',
      pid: ends.length,
      logFile: '/tmp/operator.log',
      exited: false,
      ended,
      lastLines: () => `last words of run ${ends.length}`,
      async stop() {
        asked = true;
        end('SIGTERM');
      },
    };
  }
  const kept = superviseProcess(fake(), {
    ...options,
    start: fake,
    timing,
    tell: sentence => told.push(sentence),
  });
  return {
    kept,
    timing,
    told,
    starts: () => ends.length,
    async end(how = 'SIGKILL') {
      ends.at(-1)?.(how);
      await timing.advance(0);
    },
  };
}

describe('a process under supervision', () => {
  it('is started again when it ends by itself, and one line says so', async () => {
    const { kept, timing, told, end, starts } = world();
    await end();
    expect(told).toEqual([
      'operator ended unexpectedly (SIGKILL); starting it again in 0.5 s (1 of 5). Its log: /tmp/operator.log',
    ]);
    await timing.advance(499);
    expect(starts()).toBe(1);
    await timing.advance(1);
    expect(kept.pid).toBe(2);
    await kept.stop();
  });

  it('is started again after longer and longer pauses', async () => {
    const { kept, timing, end } = world();
    for (let run = 0; run < 5; run += 1) {
      await end();
      await timing.advance(10_000);
    }
    expect(timing.sleeps).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    await kept.stop();
  });

  it('is given up when it ends again and again, with its last words', async () => {
    const { kept, timing, told, end, starts } = world({ attempts: 2 });
    for (let run = 0; run < 3; run += 1) {
      await end('exit code 1');
      await timing.advance(10_000);
    }
    expect(starts()).toBe(3);
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toContain('not started any more after 2 attempts');
    expect(told.at(-1)).toContain('last words of run 3');
    await expect(kept.ended).resolves.toMatchObject({ asked: false });
    expect(kept.exited).toBe(true);
  });

  it('begins to count anew once it has run for a while', async () => {
    const { kept, timing, told, end } = world({ attempts: 1 });
    for (let run = 0; run < 4; run += 1) {
      await end();
      await timing.advance(70_000);
    }
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toContain('(1 of 1)');
    await kept.stop();
  });

  it('is not started again once it was asked to stop', async () => {
    const { kept, timing, told, starts } = world();
    await kept.stop();
    await timing.advance(60_000);
    expect(starts()).toBe(1);
    expect(told).toEqual([]);
    expect(kept.exited).toBe(true);
  });

  it('stops at once in the middle of a pause', async () => {
    const { kept, timing, end, starts } = world();
    await end();
    await kept.stop();
    await timing.advance(60_000);
    expect(starts()).toBe(1);
    expect(timing.pending).toBe(0);
  });
});

describe('a real process', () => {
  it('that is killed by its number runs again, under another one, and ends with stop', async () => {
    const logs = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-kept-'));
    const start = () =>
      startManagedProcess({
        name: 'sleeper',
        command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'],
        cwd: logs,
        env: process.env,
        logs,
      });
    const told: string[] = [];
    const backoff = { baseMs: 10, maxMs: 10 };
    const kept = superviseProcess(start(), {
      start,
      backoff,
      tell: sentence => told.push(sentence),
    });
    const first = kept.pid;
    process.kill(first, 'SIGKILL');
    const second = await waitFor(
      async () => (kept.pid === first ? undefined : kept.pid),
      { what: 'another process', timeoutMs: 10_000, intervalMs: 10 },
    );
    expect(told).toHaveLength(1);
    await kept.stop();
    expect(() => process.kill(second, 0)).toThrow('ESRCH');
    fs.rmSync(logs, { recursive: true });
  });
});
