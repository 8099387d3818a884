interface Refusal {
  readonly name: string;
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call that is refused with a status for which Backstage has no error; the message is a sentence for the caller. */
export class RefusedCall extends Error {
  readonly name: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, { name, statusCode, headers = {} }: Refusal) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
    this.headers = headers;
  }
}
