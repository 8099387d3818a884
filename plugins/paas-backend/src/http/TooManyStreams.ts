import { RefusedCall } from './RefusedCall';

/** One user holds as many streams as one may. */
export class TooManyStreams extends RefusedCall {
  constructor() {
    super('You have too many live views open; close some tabs.', {
      name: 'TooManyStreamsError',
      statusCode: 429,
      headers: { 'retry-after': '10' },
    });
  }
}
