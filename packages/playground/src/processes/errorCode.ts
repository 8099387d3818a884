/** Whether an error of the system has this code (`ENOENT`, `EEXIST`, ...). Looks at the value alone: test runners hand out errors of another realm. */
export function hasCode(error: unknown, code: string): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === code
  );
}
