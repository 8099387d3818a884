import { Edge } from '../desired';
import { edgeHost, edgeVariables } from './edgeVariables';

function edge(to: Edge['to']): Edge {
  return { text: '', from: 'web', to, port: 6379, env: 'REDIS' };
}

describe('edgeVariables', () => {
  it.each([
    [
      "the component's own name",
      {
        kind: 'component',
        component: 'redis',
        service: 'shop-redis-master',
        host: 'shop-redis',
        targetPort: 1,
      },
      'shop-redis',
    ],
    [
      'the Service, where there is no other name',
      {
        kind: 'component',
        component: 'redis',
        service: 'shop-redis-master',
        targetPort: 1,
      },
      'shop-redis-master',
    ],
    [
      'the Service of a component of another application',
      { kind: 'application', application: 'bank', component: 'api' },
      'bank-api',
    ],
    [
      'the host outside',
      { kind: 'external', host: 'example.com' },
      'example.com',
    ],
  ] as const)('hold %s', (_what, to, host) => {
    expect(edgeHost(edge(to))).toBe(host);
    expect(edgeVariables(edge(to))).toEqual({
      REDIS_HOST: host,
      REDIS_PORT: '6379',
      REDIS_ADDR: `${host}:6379`,
    });
  });

  it('put an IPv6 address in brackets where a port follows', () => {
    expect(
      edgeVariables(edge({ kind: 'external', host: '2001:db8::1' })),
    ).toMatchObject({
      REDIS_HOST: '2001:db8::1',
      REDIS_ADDR: '[2001:db8::1]:6379',
    });
  });
});
