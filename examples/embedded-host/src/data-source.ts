import { commercialEntities, commercialMigrations } from '@idoctor/commercial';
import { DataSource } from 'typeorm';

/** The host's own connection, with its entities beside those of the package. */
export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  entities: [...commercialEntities],
  migrations: [...commercialMigrations],
  migrationsTransactionMode: 'each',
});
