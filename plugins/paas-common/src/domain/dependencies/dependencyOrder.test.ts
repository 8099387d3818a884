import { Edge } from '../desired';
import { dependsOn } from './dependencyOrder';

const edge = (from: string, to: Edge['to']): Edge => ({
  text: '',
  from,
  to,
  port: 1,
  env: 'X',
});
const component = (name: string) => ({
  kind: 'component' as const,
  component: name,
  service: name,
  targetPort: 1,
});

describe('dependsOn', () => {
  const edges = [
    edge('web', component('redis')),
    edge('web', component('api')),
    edge('web', component('redis')),
    edge('api', component('db')),
    edge('web', { kind: 'application', application: 'bank', component: 'api' }),
    edge('web', { kind: 'external', host: 'example.com' }),
  ];

  it('names components of the same application, each once, in the order of the edges', () => {
    expect(dependsOn('web', edges)).toEqual(['redis', 'api']);
    expect(dependsOn('api', edges)).toEqual(['db']);
    expect(dependsOn('db', edges)).toEqual([]);
  });
});
