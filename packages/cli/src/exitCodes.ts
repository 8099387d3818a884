/** What the process ends with; part of the contract with scripts. */
export const exitCodes = {
  done: 0,
  problem: 1,
  refused: 2,
  unreachable: 3,
  notReady: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each code means, as `--help` and the guide print it. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'a problem in the input',
  2: 'refused: by a rule of the platform, or by the API server',
  3: 'the cluster can not be reached',
  4: 'not ready in time',
  130: 'interrupted by Ctrl-C before it was done',
};

/** Ends a verb with one sentence on standard error and an exit code. */
export class CliFailure extends Error {
  readonly name = 'CliFailure';
  readonly exitCode: ExitCode;

  constructor(
    exitCode: ExitCode,
    message: string,
    details: { readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.exitCode = exitCode;
  }
}

/** Why a run was aborted: somebody asked it to stop. Any other reason is the end of whoever read our output. */
export class Interrupted extends Error {
  readonly name = 'Interrupted';
}

/** The code of several results: interrupted when one was, else the first of problem, refused, unreachable, not ready. */
export function worstCode(codes: readonly ExitCode[]): ExitCode {
  return (
    ([130, 1, 2, 3, 4] as const).find(code => codes.includes(code)) ??
    exitCodes.done
  );
}
