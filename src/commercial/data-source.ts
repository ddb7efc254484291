import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { commercialEntities } from './entities.js';
import { commercialMigrations } from './migrations.js';

/** The server ends a statement first; the client's own limit is for a network that went silent. */
const SERVING = {
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
  query_timeout: 35_000,
};

/** How long a change of a table may keep everybody else waiting; see runMigrations. */
const MIGRATING = { lock_timeout: 1_000 };

/** How the stand-alone app, the migration CLI and the tests connect. A host brings a DataSource of its own. */
export function createDataSource(options: {
  url: string;
  poolSize?: number;
  applicationName?: string;
  /** Whether requests wait for it, so that no statement may take long. Default false: migrations take their time. */
  serving?: boolean;
  /** Whether it changes tables beside others that use them. Default false. */
  migrating?: boolean;
}): DataSource {
  const dataSource: DataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: commercialEntities,
    migrations: commercialMigrations,
    // Beside the schema, not in it: the first migration makes the schema, and its revert drops it.
    migrationsTableName: 'commercial_migrations',
    // Named, since for a role called `commercial` the search path begins with that schema as soon as it is there.
    schema: 'public',
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 20,
    applicationName: options.applicationName ?? 'idoctor-commercial',
    connectTimeoutMS: 5_000,
    extra: {
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ...(options.serving ? SERVING : {}),
      ...(options.migrating ? MIGRATING : {}),
    },
    // An idle connection that breaks is replaced at its next use. Unheard, the event would end the process. A pool that
    // is closed may still hear of one: its connections end a moment later, and an embedded server is stopped by then.
    poolErrorHandler: (error: Error) => {
      if (dataSource.isInitialized) new Logger('Database').warn(`a connection was lost: ${error.message}`);
    },
    // Ids come from the application, so no extension is needed or wanted.
    installExtensions: false,
  });
  return dataSource;
}
