import type { Pool } from 'pg';
import type { CommercialApp } from './app.js';
import { queryRow, until } from './embedded-process.js';

/**
 * Ends the app's connections to its database and returns when the app knows: the next request opens a new one.
 *
 * @param databaseUrl the database itself, where the app reaches it through something else
 */
export async function loseEveryConnection(app: CommercialApp, databaseUrl: string): Promise<void> {
  const { master } = app.dataSource.driver as unknown as { master: Pool };
  await queryRow(
    databaseUrl,
    `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'idoctor-commercial'`,
  );
  await until(async () => master.totalCount === 0);
}
