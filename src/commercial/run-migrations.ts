import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { installJobs } from '../jobs/install-jobs.js';
import { sqlState } from '../database/transaction.js';

/** Any number, the same in every process of this application. */
const MIGRATION_LOCK = 7_061_626_101;
const ASK_AGAIN_MS = 100;

const LOCK_NOT_AVAILABLE = '55P03';
const LOCK_ATTEMPTS = 20;
const LOCK_PAUSE_MS = 500;

/**
 * Brings the schema and that of the jobs up to date. Processes that start together take turns, and the later ones find
 * nothing to do.
 *
 * @returns how many migrations it applied
 * @throws Error for a pool of one connection, and for a database of before the first release
 */
export async function runMigrations(dataSource: DataSource): Promise<number> {
  requireTwoConnections(dataSource);
  const session = dataSource.createQueryRunner();
  await session.connect();
  try {
    await takeTurn(session);
    const applied = await migrate(dataSource);
    await installJobs(dataSource);
    await session.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    return applied;
  } finally {
    await session.release();
  }
}

/** One holds the turn, another migrates: with a pool of one the second would be waited for without end. */
function requireTwoConnections({ options }: DataSource): void {
  const { poolSize, extra } = options as { poolSize?: number; extra?: { max?: number } };
  if ((extra?.max ?? poolSize ?? 2) >= 2) return;
  throw new Error(
    'The DataSource has a pool of one connection, and migrations need two: give it { poolSize: 2 } or more.',
  );
}

/** Asks instead of waiting: a statement that waits holds a snapshot, for whose end CREATE INDEX CONCURRENTLY waits. */
async function takeTurn(session: QueryRunner): Promise<void> {
  for (;;) {
    const [{ mine }] = await session.query('SELECT pg_try_advisory_lock($1) AS mine', [MIGRATION_LOCK]);
    if (mine) return;
    await delay(ASK_AGAIN_MS);
  }
}

/**
 * A change of a table waits for every transaction that uses it, and everybody who comes later waits behind it. Where the
 * connection has a `lock_timeout`, it steps back after that time, lets them pass, and comes again.
 */
async function migrate(dataSource: DataSource): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await dataSource.runMigrations()).length;
    } catch (error) {
      if (sqlState(error) !== LOCK_NOT_AVAILABLE || attempt >= LOCK_ATTEMPTS) throw error;
      await delay(LOCK_PAUSE_MS);
    }
  }
}
