import { Reason } from '@understage/plugin-paas-common';

/** Why a chart can not be rendered. Thrown inside this folder only; the renderer answers it as a failed outcome. */
export class ChartProblem extends Error {
  readonly name = 'ChartProblem';
  readonly reason: Reason;

  constructor(
    reason: Reason,
    message: string,
    details: { readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.reason = reason;
  }
}
