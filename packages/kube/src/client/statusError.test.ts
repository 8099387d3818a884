import { TransportResponse } from './transport';
import { errorOf, retryAfterMs, statusBodyOf } from './statusError';

const now = new Date('2026-01-01T00:00:00Z');

describe('Retry-After', () => {
  it.each<[string | string[] | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    [['7', '9'], 7_000],
    [[], undefined],
    ['121', 120_000],
    ['99999999999999999999', 120_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 0],
    // In the past: at once.
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['Thu, 01 Jan 2099 00:00:00 GMT', 120_000],
    ['-1', undefined],
    ['+1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['7s', undefined],
    ['soon', undefined],
    ['2026-01-01T00:00:30Z', undefined],
    ['Thu, 99 Foo 2026 00:00:30 GMT', undefined],
  ])('%j is %j ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe('a Status', () => {
  it('is read whole', () => {
    expect(
      statusBodyOf(
        {
          message: 'no',
          reason: 'Invalid',
          code: 422,
          details: {
            kind: 'pods',
            retryAfterSeconds: 3,
            causes: [{ field: 'spec', message: 'is wrong', reason: 'X' }],
          },
        },
        'nothing said',
      ),
    ).toEqual({
      message: 'no',
      reason: 'Invalid',
      code: 422,
      kind: 'pods',
      retryAfterSeconds: 3,
      causes: [{ field: 'spec', message: 'is wrong' }],
    });
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [7],
    [{ message: 7, details: 'x' }],
    [{ details: { causes: 'x', retryAfterSeconds: '3' }, code: '422' }],
  ])('that is none says what was asked: %j', value => {
    expect(statusBodyOf(value, 'listing pods')).toEqual({
      message: 'listing pods',
      causes: [],
    });
  });

  it('has causes of any shape as text', () => {
    const { causes } = statusBodyOf(
      { details: { causes: [null, 7, { field: 1 }, { message: 'm' }] } },
      '',
    );
    expect(causes).toEqual([
      { field: '', message: '' },
      { field: '', message: '' },
      { field: '', message: '' },
      { field: '', message: 'm' },
    ]);
  });
});

describe('the error of a refusal', () => {
  const answer = (
    body: string,
    parts: Partial<TransportResponse> = {},
  ): TransportResponse => ({
    status: 429,
    headers: {},
    ...parts,
    body: { text: async () => body } as TransportResponse['body'],
  });
  const what = 'listing pods';

  it('says what was asked for, once', async () => {
    const said = await errorOf(answer('{"message":"too many"}'), what);
    expect(said.message).toBe('listing pods: too many');
    const twice = await errorOf(
      answer('{"message":"listing pods is forbidden"}'),
      what,
    );
    expect(twice.message).toBe('listing pods is forbidden');
  });

  it('shows the beginning of what is no Status', async () => {
    const page = `<html>${'x'.repeat(1_000)}`;
    const { message, status } = await errorOf(
      answer(page, { status: 502 }),
      what,
    );
    expect(status).toBe(502);
    expect(message).toMatch(/^listing pods: HTTP 502 <html>x+$/);
    expect(message.length).toBeLessThan(250);
  });

  it.each([
    [{ 'retry-after': '4' }, '{"details":{"retryAfterSeconds":9}}', 4_000],
    [{}, '{"details":{"retryAfterSeconds":9}}', 9_000],
    [{}, '{"details":{"retryAfterSeconds":900}}', 120_000],
    [{}, '{"details":{"retryAfterSeconds":-9}}', 0],
    [{ 'retry-after': 'x' }, '{"details":{"retryAfterSeconds":9}}', 9_000],
    [{}, '{}', undefined],
  ])('asks again when it is told to: %j %s', async (headers, body, ms) => {
    const error = await errorOf(answer(body, { headers }), what);
    expect(error.retryAfterMs).toBe(ms);
  });
});
