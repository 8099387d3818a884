import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, isSameProcessAlive, startTimeOf } from './processIdentity';
import { takeLock } from './processLock';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(directory, 'work.lock');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** The number of a process that ended a moment ago. */
function endedProcess(): number {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return pid;
}

describe('takeLock', () => {
  it('gives the lock to the first and names it to the second', () => {
    const first = takeLock(file);
    expect(first.taken).toBe(true);
    expect(takeLock(file)).toEqual({ taken: false, holder: process.pid });
  });

  it('gives the lock again after release, and leaves no file', () => {
    for (let round = 0; round < 3; round++) {
      const lock = takeLock(file);
      if (!lock.taken) throw new Error('not released');
      lock.release();
      expect(readdirSync(directory)).toEqual([]);
    }
  });

  it.each([
    ['whose process is gone', () => `${endedProcess()} 1 x\n`],
    [
      'whose number belongs to another process now',
      () => `${process.pid} 1 x\n`,
    ],
    ['that holds no number', () => 'garbage\n'],
    ['that is empty', () => ''],
  ])('takes over a lock %s', (_, content) => {
    writeFileSync(file, content());
    expect(takeLock(file).taken).toBe(true);
    expect(readdirSync(directory)).toEqual(['work.lock']);
  });

  it('leaves a lock alone that others took over in the meantime', () => {
    const lock = takeLock(file);
    if (!lock.taken) throw new Error('not taken');
    writeFileSync(file, 'somebody else');
    lock.release();
    expect(existsSync(file)).toBe(true);
  });
});

describe('isSameProcessAlive', () => {
  it('knows a process by its number and its start', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid ?? 0;
    const started = startTimeOf(pid);
    expect(isSameProcessAlive(pid, started)).toBe(true);
    expect(isSameProcessAlive(pid, '1')).toBe(process.platform !== 'linux');
    expect(isSameProcessAlive(pid, undefined)).toBe(true);
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill();
    await gone;
    expect(isSameProcessAlive(pid, started)).toBe(false);
  });

  it.each([0, -1, NaN, 1.5, 999_999_999])('finds no process %s', pid => {
    expect(isAlive(pid)).toBe(false);
  });
});
