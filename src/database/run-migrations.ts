import type { DataSource } from 'typeorm';
import { installJobs } from '../jobs/install-jobs.js';

/** Any number, the same in every process of this application. */
const MIGRATION_LOCK = 7_061_626_101;

/** Brings the schema and that of the jobs up to date. Processes that start together take turns, and the later ones find nothing to do. */
export async function runMigrations(dataSource: DataSource): Promise<void> {
  const session = dataSource.createQueryRunner();
  await session.connect();
  try {
    await session.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await installJobs(dataSource);
    await session.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await session.release();
  }
}
