import { isUnknownResource } from './notInstalled';

describe('an answer that means that Understage is not installed', () => {
  it.each([
    ['listing applications of shop: HTTP 404 404 page not found', true],
    ['applying Application shop/web: HTTP 404 404 page not found', true],
    ['applying Application shop/web: namespaces "shop" not found', false],
    ['listing pods of shop: HTTP 404 404 page not found', false],
    ['listing applications of shop: the connection was refused', false],
  ])('%s: %s', (message, expected) => {
    expect(isUnknownResource(message)).toBe(expected);
  });
});
