import type { DataSource, EntityManager } from 'typeorm';

/** serialization_failure and deadlock_detected: the transaction left nothing behind and may simply run again. */
const TRANSIENT = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Runs `work` in one transaction and commits it. A transaction that PostgreSQL gave up for a transient reason is run
 * again, so `work` must do nothing outside of it: no call to a channel, no message sent.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !TRANSIENT.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** The SQLSTATE of a database error, wherever TypeORM and pg put it. */
export function sqlState(error: unknown): string | undefined {
  const code =
    (error as { driverError?: { code?: unknown } } | null)?.driverError?.code ??
    (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** @returns whether the error is the breach of that unique constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const driverError = (error as { driverError?: { constraint?: unknown } } | null)?.driverError;
  return sqlState(error) === '23505' && driverError?.constraint === constraint;
}
