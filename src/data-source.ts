import { DataSource } from 'typeorm';
import { commercialEntities } from './entities.js';
import { commercialMigrations } from './migrations.js';

/** How the stand-alone app, the migration CLI and the tests connect. A host brings a DataSource of its own. */
export function createDataSource(options: {
  url: string;
  poolSize?: number;
  applicationName?: string;
}): DataSource {
  return new DataSource({
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
    // Ids come from the application, so no extension is needed or wanted.
    installExtensions: false,
  });
}
