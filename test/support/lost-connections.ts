import type { Pool, PoolClient } from 'pg';
import type { CommercialApp } from './app.js';
import { queryRow, until } from './embedded-process.js';

/**
 * Ends the app's connections to its database and returns when the app knows of each. What runs beside the requests, such
 * as the look at the shared clock, may have opened new ones by then.
 *
 * @param databaseUrl the database itself, where the app reaches it through something else
 */
export async function loseEveryConnection(app: CommercialApp, databaseUrl: string): Promise<void> {
  const { master } = app.dataSource.driver as unknown as { master: Pool };
  const gone = new Set<number>();
  const note = (client: PoolClient) => void gone.add((client as unknown as { processID: number }).processID);
  master.on('remove', note);
  const [ended] = await queryRow(
    databaseUrl,
    `SELECT coalesce(array_agg(pid) FILTER (WHERE pg_terminate_backend(pid)), '{}') FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'idoctor-commercial'`,
  );
  await until(async () => (ended as number[]).every((pid) => gone.has(pid)));
  master.off('remove', note);
}
