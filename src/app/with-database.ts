import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { connectToEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { connect } from './connect.js';

/** Where a command finds the database of the service. */
export interface DatabasePlace {
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
}

/** For commands that need no other setting, so that the rest of a configuration may be missing. */
export function databasePlace(env: NodeJS.ProcessEnv): DatabasePlace {
  return { databaseUrl: env['DATABASE_URL'] || null, dataDir: env['DATA_DIR'] || '.data' };
}

/** Starts an embedded database unless a service is running on it, and stops after the work what it started. */
export async function withDatabaseUrl<Result>(
  { databaseUrl, dataDir }: DatabasePlace,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  if (databaseUrl !== null) return work(databaseUrl);
  const postgres = await connectToEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  return work(postgres.url).finally(() => postgres.stop());
}

/** @throws ConfigurationError with one line where the database doesn't answer. */
export function withDatabase<Result>(
  place: DatabasePlace,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  return withDatabaseUrl(place, async (url) => {
    const dataSource = await connect(url);
    return work(dataSource).finally(() => dataSource.destroy());
  });
}
