import type { DataSource, EntityMetadata } from 'typeorm';
import { commercialEntities } from '../entities.js';

/** The functions of the schema that statements call. A spec compares them with the sources. */
export const CALLED_FUNCTIONS = ['quota_debit_1', 'quota_settle_1'] as const;

const SCHEMA = 'commercial';
/** How many names a line has before it says "and so many more". */
const NAMED = 3;

/**
 * What keeps the package from working on this DataSource: the first thing, since what follows can't be looked at
 * before it is mended.
 */
export async function dataSourceFaults(dataSource: DataSource): Promise<string[]> {
  const { type } = dataSource.options;
  if (type !== 'postgres')
    return [`The DataSource is one for ${type}. The package works on PostgreSQL only.`];
  if (!dataSource.isInitialized) {
    return [
      'The DataSource is not initialised: await dataSource.initialize() before the application starts.',
    ];
  }
  const lacking = commercialEntities.filter((entity) => !dataSource.hasMetadata(entity));
  if (lacking.length > 0) {
    return [
      `The DataSource does not know ${someOf(lacking.map(({ name }) => name))}: add the package's entities, ` +
        '{ entities: [...commercialEntities, …] }.',
    ];
  }
  const missing = await missingInDatabase(dataSource);
  if (missing.length === 0) return [];
  return [
    `The database lacks ${someOf(missing)}: run the package's migrations before the start, with ` +
      '{ migrations: [...commercialMigrations, …] } in the DataSource and await runMigrations(dataSource).',
  ];
}

/** Read from the catalog, which every role may, whoever ran the migrations and wherever that was noted. */
async function missingInDatabase(dataSource: DataSource): Promise<string[]> {
  const rows: { table: string; columns: string[] }[] = await dataSource.query(
    `SELECT c.relname AS table, array_agg(a.attname::text) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = $1 AND a.attnum > 0 AND NOT a.attisdropped
     GROUP BY c.relname`,
    [SCHEMA],
  );
  const functions: { name: string }[] = await dataSource.query(
    `SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1`,
    [SCHEMA],
  );
  const columnsOf = new Map(rows.map(({ table, columns }) => [table, new Set(columns)]));
  const names = new Set(functions.map(({ name }) => name));
  return [
    ...commercialEntities.flatMap((entity) => missingOf(dataSource.getMetadata(entity), columnsOf)),
    ...CALLED_FUNCTIONS.filter((name) => !names.has(name)).map((name) => `the function ${SCHEMA}.${name}`),
  ];
}

function missingOf(
  { tableName, columns }: EntityMetadata,
  columnsOf: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const there = columnsOf.get(tableName);
  if (!there) return [`the table ${SCHEMA}.${tableName}`];
  return columns
    .filter(({ databaseName }) => !there.has(databaseName))
    .map(({ databaseName }) => `the column ${SCHEMA}.${tableName}.${databaseName}`);
}

function someOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  const named = names.slice(0, NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}
