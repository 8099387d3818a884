/** The error middleware takes the status from here. */
export class TooManyStreams extends Error {
  readonly name = 'TooManyStreamsError';
  readonly statusCode = 429;

  constructor() {
    super('You have too many live views open; close some tabs.');
  }
}
