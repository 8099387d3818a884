import { readPeople } from './readPeople';

describe('the people whom one may sign in as', () => {
  const { fetch } = global;
  afterEach(() => {
    global.fetch = fetch;
  });

  const answered = (status: number, body: unknown) => {
    global.fetch = async () =>
      ({ status, ok: status < 300, json: async () => body } as Response);
    return readPeople(
      'http://localhost/api/auth',
      new AbortController().signal,
    );
  };

  it('are read with what each may do', async () => {
    const sam = { ref: 'user:default/sam', name: 'Sam', description: 'Dev.' };
    expect(await answered(200, { items: [sam, { ref: 1 }] })).toEqual([sam]);
  });

  it('are nobody yet while the catalog starts', async () => {
    expect(await answered(200, { items: [] })).toEqual([]);
  });

  it('are not there where the provider is not set up', async () => {
    expect(await answered(404, {})).toBeUndefined();
  });

  it('are not known when the backend is in trouble', async () => {
    await expect(answered(500, {})).rejects.toThrow('answered 500');
  });
});
