import { ApplicationContainer } from '@understage/plugin-paas-common';
import {
  ALL_PODS,
  firstContainer,
  logsPath,
  LogSelection,
  queryOf,
  readSelection,
  writeSelection,
} from './logSelection';

const usual: LogSelection = { previous: false, follow: true, range: '500' };

function container(
  pod: string,
  changes: Partial<ApplicationContainer> = {},
): ApplicationContainer {
  return {
    name: 'web',
    pod,
    podUid: pod,
    component: 'web',
    createdAt: '2026-11-23T04:00:00Z',
    state: 'running',
    restarts: 0,
    failing: false,
    started: true,
    ranBefore: false,
    ...changes,
  };
}

describe('what the Logs tab shows', () => {
  it.each<[string, LogSelection]>([
    ['', usual],
    ['pod=all', { ...usual, pod: ALL_PODS }],
    [
      'component=web&pod=web-1&container=web&previous=true&follow=false&range=1h',
      {
        component: 'web',
        pod: 'web-1',
        container: 'web',
        previous: true,
        follow: false,
        range: '1h',
      },
    ],
  ])('stands in the address: %s', (address, selection) => {
    expect(readSelection(new URLSearchParams(address))).toEqual(selection);
    expect(writeSelection(selection).toString()).toBe(address);
  });

  it('is the usual where the address makes no sense', () => {
    const parameters = new URLSearchParams('range=ever&previous=1&pod=&x=y');
    expect(readSelection(parameters)).toEqual(usual);
  });

  it('is asked of the server', () => {
    expect(
      queryOf({ ...usual, pod: ALL_PODS, component: 'web', range: '5m' }),
    ).toEqual({
      component: 'web',
      previous: false,
      follow: true,
      tailLines: 5_000,
      sinceSeconds: 300,
    });
  });
});

describe('the container to begin with', () => {
  const first = (containers: readonly ApplicationContainer[], more = {}) => {
    const found = firstContainer(containers, { ...usual, ...more });
    return found && `${found.pod} ${found.name}`;
  };
  const newer = { createdAt: '2026-11-23T05:00:00Z' };

  it('is the one that fails', () => {
    const failing = { failing: true };
    expect(
      first([container('a', newer), container('b', failing), container('c')]),
    ).toBe('b web');
  });

  it('is none that fails and never said anything, while others have', () => {
    const silent = { failing: true, started: false };
    expect(first([container('a', silent), container('b')])).toBe('b web');
  });

  it('is of the newest pod when all is well', () => {
    expect(first([container('a'), container('b', newer)])).toBe('b web');
  });

  it('is none that only prepares a pod, unless that is what fails', () => {
    const init = { name: 'migrate', init: true as const };
    expect(first([container('a', init), container('a')])).toBe('a web');
    expect(
      first([container('a', { ...init, failing: true }), container('a')]),
    ).toBe('a migrate');
  });

  it('is of the component that was asked for', () => {
    const cache = { component: 'cache', failing: true };
    expect(
      first([container('a'), container('b', cache)], { component: 'web' }),
    ).toBe('a web');
    expect(first([container('a')], { component: 'none' })).toBeUndefined();
  });
});

describe('the way to a log', () => {
  it.each([
    [{}, '/paas/c/n/a/logs'],
    [{ pod: 'web-1' }, '/paas/c/n/a/logs?pod=web-1'],
    [
      { pod: 'web-1', container: 'web' },
      '/paas/c/n/a/logs?pod=web-1&container=web',
    ],
  ])('%j', (place, expected) => {
    expect(logsPath('/paas/c/n/a', place)).toBe(expected);
  });
});
