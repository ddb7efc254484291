import { queryRow, until } from './embedded-process.js';

/**
 * Waits until a session in that database waits for a lock.
 *
 * Each look has a connection of its own: within one transaction, such as that of the lock's holder, PostgreSQL shows no
 * session that began after the first look.
 */
export async function untilBlocked(databaseUrl: string): Promise<void> {
  await until(async () => {
    const [waiting] = await queryRow(
      databaseUrl,
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return Number(waiting) > 0;
  });
}
