import { findPostgres } from './findPostgres';
import { startPostgres } from './startPostgres';

/** What Backstage's `TestDatabases` takes an existing PostgreSQL from. */
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

export interface TestDatabase {
  /** To be added to the environment of the tests. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A PostgreSQL for tests that run on every kind of database; without one they run on SQLite alone, which is said. */
export async function postgresForTests(
  note: (line: string) => void,
  { find = findPostgres, env = process.env } = {},
): Promise<TestDatabase> {
  const nothing = { env: {}, stop: async () => {} };
  if (env[VARIABLE]) return nothing;
  const programs = find();
  if (!programs) {
    note('no PostgreSQL on this machine: tests of databases run on SQLite');
    return nothing;
  }
  const { host, port, user, password, stop } = await startPostgres(programs);
  const login = `${user}:${encodeURIComponent(password)}`;
  const url = `postgresql://${login}@${host}:${port}/postgres`;
  return { env: { [VARIABLE]: url }, stop };
}
