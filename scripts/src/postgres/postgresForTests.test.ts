import { findPostgres } from './findPostgres';
import { postgresForTests } from './postgresForTests';

const variable = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const itWithPostgres = findPostgres() ? it : it.skip;

async function start(options: Parameters<typeof postgresForTests>[1]) {
  const notes: string[] = [];
  const { env, stop } = await postgresForTests(
    line => notes.push(line),
    options,
  );
  await stop();
  return { env, notes };
}

describe('a PostgreSQL for tests', () => {
  itWithPostgres('is named where test databases are looked for', async () => {
    const { env } = await start({ env: {} });
    expect(Object.keys(env)).toEqual([variable]);
    expect(URL.canParse(Object.values(env)[0])).toBe(true);
  });

  it('is the one that somebody named already', async () => {
    const find = () => {
      throw new Error('looked for another one');
    };
    const { env } = await start({ find, env: { [variable]: 'postgresql://' } });
    expect(env).toEqual({});
  });

  it('that is not there is said to be missing', async () => {
    const { env, notes } = await start({ find: () => undefined, env: {} });
    expect(env).toEqual({});
    expect(notes).toEqual([expect.stringContaining('no PostgreSQL')]);
  });
});
