import { readFileSync } from 'node:fs';
import { hasCode } from './errorCode';

/**
 * When a process started, in the kernel's ticks since boot; undefined when there is no such process or the system has no
 * `/proc`. Together with the number it names a process for good: numbers are reused, these pairs are not.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces; `starttime` is the 20th after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether a process of this number exists and is more than an entry waiting to be reaped. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return hasCode(error, 'EPERM');
  }
  return process.platform !== 'linux' || startTimeOf(pid) !== undefined;
}

/** Whether the process that once had this number and start time is still there. `started` is `-` when it was unknown. */
export function isSameProcessAlive(
  pid: number,
  started: string | undefined,
): boolean {
  if (!isAlive(pid)) return false;
  if (started === undefined || started === '-') return true;
  const now = startTimeOf(pid);
  return now === undefined || now === started;
}
