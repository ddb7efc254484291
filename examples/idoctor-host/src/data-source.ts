import { DataSource } from 'typeorm';
import { commercialEntities, commercialMigrations } from '@idoctor/commercial';

/** The host's one connection pool: its own entities, had it any, would stand beside the package's. */
export function createHostDataSource(databaseUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    entities: [...commercialEntities],
    migrations: [...commercialMigrations],
    // As the stand-alone service has them, on whose database this may run: one record of what has been migrated.
    schema: 'public',
    migrationsTableName: 'commercial_migrations',
    applicationName: 'idoctor-host',
    installExtensions: false,
  });
}
