import { findPostgres } from '../findPostgres';
import { startPostgres } from '../startPostgres';

// Starts a PostgreSQL, says where it is, and waits to be killed.
const programs = findPostgres();
if (!programs) throw new Error('there is no PostgreSQL to hold');
startPostgres(programs).then(({ directory, port }) => {
  process.stdout.write(`${JSON.stringify({ folder: directory, port })}\n`);
  setInterval(() => {}, 60_000);
});
