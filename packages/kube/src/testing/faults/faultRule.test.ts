import { FaultScript, seededRandom, verbOf } from './faultRule';

describe('verbOf', () => {
  it.each([
    ['GET', '/api/v1/pods', 'list'],
    ['GET', '/api/v1/pods?watch=true', 'watch'],
    ['GET', '/api/v1/pods?watch=false', 'list'],
    ['GET', '/api/v1/namespaces', 'list'],
    ['GET', '/api/v1/nodes/one', 'get'],
    ['GET', '/api/v1/namespaces/shop/pods', 'list'],
    ['GET', '/api/v1/namespaces/shop/pods/web', 'get'],
    ['GET', '/apis/apps/v1/deployments', 'list'],
    ['GET', '/apis/apps/v1/namespaces/shop/deployments/web', 'get'],
    ['POST', '/api/v1/namespaces/shop/pods', 'create'],
    ['PATCH', '/api/v1/namespaces/shop/pods/web', 'apply'],
    ['PUT', '/api/v1/namespaces/shop/pods/web', 'update'],
    ['DELETE', '/api/v1/namespaces/shop/pods/web', 'delete'],
  ])('%s %s is a %s', (method, url, verb) => {
    expect(verbOf(method, url)).toBe(verb);
  });
});

describe('FaultScript', () => {
  const action = { kind: 'status', status: 500 } as const;

  it('strikes by verb, path and number, and counts for every rule', () => {
    const script = new FaultScript(1);
    script.add({ name: 'second watch', verb: 'watch', nth: [2], action });
    script.add({ name: 'pods', path: /pods/, nth: [1, 3], action });
    const strikes = ['/pods', '/pods', '/pods', '/services'].map(
      url => script.strike('watch', url)?.name,
    );
    expect(strikes).toEqual(['pods', 'second watch', 'pods', undefined]);
    expect(script.strike('list', '/services')).toBeUndefined();
    script.clear();
    expect(script.strike('watch', '/pods')).toBeUndefined();
  });

  it('does the same again for the same seed', () => {
    const run = (seed: number) => {
      const script = new FaultScript(seed);
      script.add({ name: 'some', probability: 0.5, action });
      return Array.from(
        { length: 50 },
        () => script.strike('get', '/') !== undefined,
      );
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    const share = run(7).filter(Boolean).length;
    expect(share).toBeGreaterThan(10);
    expect(share).toBeLessThan(40);
  });

  it('draws numbers between 0 and 1, spread over it', () => {
    const random = seededRandom(42);
    const numbers = Array.from({ length: 1_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const mean = numbers.reduce((sum, number) => sum + number) / 1_000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });
});
