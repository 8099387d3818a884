import { ApplicationStatus } from '../../schema/ApplicationStatus';
import { applicationOf } from '../rendering/testing/applicationOf';
import { componentsInForce } from './componentsInForce';

const components = [
  { name: 'web', type: 'Deployment' as const, image: 'web:1' },
];
const running = applicationOf({ components });
const pinned = { spec: { ...running.spec, revision: 1 } };
const reported = {
  name: 'older',
  type: 'Deployment' as const,
  state: 'Ready' as const,
  reason: 'Ready',
  message: '1 of 1 replicas ready',
  objects: [],
};
const status = (...all: readonly (typeof reported)[]): ApplicationStatus => ({
  observedGeneration: 1,
  state: 'Ready',
  message: 'older: 1 of 1 replicas ready.',
  components: all,
  conditions: [],
});

describe('the components that run', () => {
  it('are those of the specification', () => {
    expect(componentsInForce(running, status(reported))).toBeUndefined();
  });

  it('are those that the operator reported while a release is pinned', () => {
    expect(componentsInForce(pinned, status(reported))).toEqual([reported]);
  });

  it.each([
    ['nothing is reported yet', undefined],
    ['the report names none', status()],
  ])('are those of the specification as long as %s', (_, known) => {
    expect(componentsInForce(pinned, known)).toBeUndefined();
  });
});
