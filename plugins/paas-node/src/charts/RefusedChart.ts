import { Reason } from '@understage/plugin-paas-common';

/** A chart that is not to be had: the reason, and a sentence for people. */
export class RefusedChart extends Error {
  readonly name = 'RefusedChart';

  constructor(readonly reason: Reason, message: string) {
    super(message);
  }
}
