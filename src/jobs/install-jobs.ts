import type { DataSource } from 'typeorm';
import { poolOf } from './boss-database.js';

export const JOBS_SCHEMA = 'commercial_jobs';

/** Makes the job library's own schema, or brings it up to date. Its statements are not TypeORM's to migrate. */
export async function installJobs(dataSource: DataSource): Promise<void> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: poolOf(dataSource),
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
}
