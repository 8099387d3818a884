import { PaasClientError } from '@understage/plugin-paas-common';
import { plainReason, problemOf } from './problemOf';

describe('the reason of a failure', () => {
  it.each([
    [
      'The cluster does not answer: refused. Try again later.; caused by KubeError: GET /x: refused',
      'The cluster does not answer: refused. Try again later.',
    ],
    ['Failed to fetch', 'The portal can not be reached.'],
    ['TypeError: Failed to fetch', 'The portal can not be reached.'],
    ['Load failed', 'The portal can not be reached.'],
    ['You may not change this.', 'You may not change this.'],
  ])('%j reads %j', (message, words) => {
    expect(plainReason(message)).toBe(words);
  });

  it('is told with the problem', () => {
    const error = new PaasClientError('No.; caused by Error: because');
    expect(problemOf(error, '2026-11-20T12:00:00Z')).toMatchObject({
      message: 'No.',
    });
  });
});
