import fc from 'fast-check';
import { KubeError } from '../errors';
import { pods } from '../testing/objects';
import { toWatchEvent } from './watchEvent';

const line = (value: unknown) => JSON.stringify(value);

function errorOf(text: string): KubeError {
  try {
    toWatchEvent(text, pods);
  } catch (error) {
    if (error instanceof KubeError) return error;
    throw error;
  }
  throw new Error('it was taken for an event');
}

describe('a line of a watch', () => {
  const object = { metadata: { name: 'web-1', resourceVersion: '7' } };

  it.each(['ADDED', 'MODIFIED', 'DELETED'])('tells of an object: %s', type => {
    expect(toWatchEvent(line({ type, object }), pods)).toEqual({
      type,
      object: { kind: 'Pod', apiVersion: 'v1', ...object },
    });
  });

  it.each([
    [{ metadata: { resourceVersion: '9' } }, '9', false],
    [
      {
        metadata: {
          resourceVersion: '9',
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
      '9',
      true,
    ],
    [{ metadata: { resourceVersion: 9 } }, '', false],
    [{ metadata: null }, '', false],
    [null, '', false],
  ])('marks a place: %j', (bookmark, resourceVersion, initialEventsEnd) => {
    const event = toWatchEvent(
      line({ type: 'BOOKMARK', object: bookmark }),
      pods,
    );
    expect(event).toEqual({
      type: 'BOOKMARK',
      resourceVersion,
      initialEventsEnd,
    });
  });

  it('ends the watch with what the server says', () => {
    const error = errorOf(
      line({
        type: 'ERROR',
        object: {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: 'too old resource version',
        },
      }),
    );
    expect(error).toMatchObject({ status: 410, reason: 'Expired' });
    expect(error.message).toBe(
      'a watch of pods ended: too old resource version',
    );
    expect(error.retryAfterMs).toBeUndefined();
  });

  it.each([
    [3, 3_000],
    [0, 0],
    [-5, 0],
    [1e12, 120_000],
    ['3', undefined],
  ])('says when to come again, within reason: %j s', (seconds, expected) => {
    const object429 = { code: 429, details: { retryAfterSeconds: seconds } };
    const error = errorOf(line({ type: 'ERROR', object: object429 }));
    expect(error.retryAfterMs).toBe(expected);
  });

  it.each([
    ['', 'held a line that is no JSON'],
    ['{"type":"ADDED","object":{"meta', 'held a line that is no JSON'],
    ['[]', 'held a line that is no event'],
    ['null', 'held a line that is no event'],
    ['7', 'held a line that is no event'],
    ['{}', 'an event of unknown type undefined'],
    ['{"type":"added"}', 'an event of unknown type "added"'],
    ['{"type":"ADDED"}', 'the server sent something that is no Pod'],
    ['{"type":"ADDED","object":{"metadata":{}}}', 'something that is no Pod'],
    ['{"type":"ERROR"}', 'the server did not say why'],
  ])('is refused: %s', (text, sentence) => {
    expect(errorOf(text).message).toContain(sentence);
  });

  it('of any content is an event or a KubeError, nothing else', () => {
    const types = fc.constantFrom('ADDED', 'DELETED', 'BOOKMARK', 'ERROR', 'X');
    const any = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ type: types, object: fc.jsonValue() })
        .map(value => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(any, text => {
        let known: unknown;
        try {
          known = toWatchEvent(text, pods).type;
        } catch (error) {
          known = error;
        }
        expect(typeof known === 'string' || known instanceof KubeError).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});
