import {
  isFiltered,
  nextSort,
  readQuery,
  toggleState,
  writeQuery,
} from './applicationQuery';

const read = (text: string) => readQuery(new URLSearchParams(text));
const write = (query: Parameters<typeof writeQuery>[0]) =>
  writeQuery(query).toString();

describe('the query in the address of the Applications page', () => {
  it('is read back as it was written', () => {
    const query = {
      tenant: 'shop',
      cluster: 'local',
      owner: 'group:default/team-shop',
      reason: 'CrashLoop',
      text: 'a & b',
      state: ['Degraded', 'Failed'] as const,
      sort: '-since' as const,
    };

    expect(read(write(query))).toEqual(query);
  });

  it.each([
    ['state=Broken&state=Failed', { state: ['Failed'] }],
    ['sort=owner', {}],
    ['text=%20%20', {}],
    ['unknown=1', {}],
    ['', {}],
  ])('leaves out of "%s" what it does not know', (text, query) => {
    expect(read(text)).toEqual(query);
  });

  it('does not name the usual order', () => {
    expect(write({ sort: 'attention' })).toBe('');
  });

  it('is the same for the same states in another order', () => {
    expect(write({ state: ['Ready', 'Failed'] })).toBe(
      write({ state: ['Failed', 'Ready'] }),
    );
  });
});

describe('changing the query', () => {
  it('turns a state on and off', () => {
    const on = toggleState({}, 'Failed');

    expect(on.state).toEqual(['Failed']);
    expect(toggleState(on, 'Failed').state).toBeUndefined();
    expect(toggleState(on, 'Ready').state).toEqual(['Failed', 'Ready']);
  });

  it('walks a header through ascending, descending and the usual order', () => {
    expect(nextSort(undefined, 'name')).toBe('name');
    expect(nextSort('name', 'name')).toBe('-name');
    expect(nextSort('-name', 'name')).toBe('attention');
    expect(nextSort('-since', 'name')).toBe('name');
  });

  it('knows whether anything narrows the list', () => {
    expect(isFiltered({ sort: 'name' })).toBe(false);
    expect(isFiltered({ state: [] })).toBe(false);
    expect(isFiltered({ state: ['Ready'] })).toBe(true);
    expect(isFiltered({ text: 'x' })).toBe(true);
  });
});
