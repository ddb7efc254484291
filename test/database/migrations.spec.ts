import type { DataSource } from 'typeorm';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { commercialMigrations } from '../../src/commercial/migrations.js';
import { administrator, buy, consume, register, startApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const OF_OURS = `n.nspname = 'commercial'`;

/** Every table, sequence, view, function and type of the schema. */
async function objects(dataSource: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(`
    SELECT 'relation ' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OF_OURS}
    UNION SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OF_OURS}
    UNION SELECT 'type ' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${OF_OURS}
    UNION SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE ${OF_OURS} ORDER BY name`);
  return rows.map(({ name }) => name);
}

/** Columns, constraints and indexes as PostgreSQL describes them. */
async function shape(dataSource: DataSource): Promise<unknown[]> {
  return dataSource.query(`
    SELECT 'column' AS kind, table_name || '.' || column_name AS name,
      concat_ws(' ', data_type, datetime_precision, is_nullable, column_default) AS definition
    FROM information_schema.columns WHERE table_schema = 'commercial'
    UNION ALL SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'commercial'::regnamespace
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'commercial'
    ORDER BY 1, 2, 3`);
}

async function revertAll(dataSource: DataSource): Promise<void> {
  for (const _ of commercialMigrations) await dataSource.undoLastMigration();
}

describe('the migrations', () => {
  let database: TestDatabase;
  const opened: DataSource[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const dataSource of opened.splice(0)) await dataSource.destroy();
    await database.drop();
  });

  async function connect(): Promise<DataSource> {
    const dataSource = await createDataSource({ url: database.url, poolSize: 3 }).initialize();
    opened.push(dataSource);
    return dataSource;
  }

  it('leave no difference to the entities', async () => {
    const dataSource = await connect();
    await runMigrations(dataSource);
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('go down to nothing, and up again to the same', async () => {
    const dataSource = await connect();
    await runMigrations(dataSource);
    const before = { objects: await objects(dataSource), shape: await shape(dataSource) };
    expect(before.objects).toContain('relation orders');
    await revertAll(dataSource);
    expect(await objects(dataSource)).toEqual([]);
    expect(await dataSource.query('SELECT name FROM commercial_migrations')).toEqual([]);
    await runMigrations(dataSource);
    expect({ objects: await objects(dataSource), shape: await shape(dataSource) }).toEqual(before);
  });

  it('go down one by one with rows in every table of the loop, and up again', async () => {
    const app = await startApp({ database });
    const anna = await register(app, 'anna');
    await consume(anna, { metadata: { modality: 'MR' } }, { 'idempotency-key': 'k' });
    const orderId = await buy(app, anna, 'wechat');
    const admin = await administrator(app);
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '1.00' } });
    await app.close();
    const dataSource = await connect();
    for (const _ of commercialMigrations.slice(1)) await dataSource.undoLastMigration();
    const count = async (table: string) =>
      (await dataSource.query(`SELECT count(*)::int AS rows FROM commercial.${table}`))[0].rows;
    expect(await count('usage_logs')).toBe(1);
    expect(await count('orders')).toBe(1);
    await runMigrations(dataSource);
    expect(await count('usage_logs')).toBe(1);
    expect(await count('idempotency_keys')).toBe(1);
    await revertAll(dataSource);
    expect(await objects(dataSource)).toEqual([]);
  });

  it('refuse a database of before the first release, with a line that says what to do, and leave it as it is', async () => {
    const dataSource = await connect();
    await runMigrations(dataSource);
    await revertAll(dataSource);
    await dataSource.query('CREATE SCHEMA commercial');
    await dataSource.query('CREATE TABLE commercial.payment_transactions (id uuid)');
    const before = await objects(dataSource);
    await expect(runMigrations(dataSource)).rejects.toThrow(/before the first release.*Use a new database/);
    expect(await objects(dataSource)).toEqual(before);
  });

  it('run once where several processes start together', async () => {
    const first = await connect();
    await runMigrations(first);
    await revertAll(first);
    const processes = await Promise.all([connect(), connect(), connect(), connect()]);
    await Promise.all(processes.map((process) => runMigrations(process)));
    const run: { name: string }[] = await first.query('SELECT name FROM commercial_migrations ORDER BY id');
    expect(run.map(({ name }) => name)).toEqual(commercialMigrations.map(({ name }) => name));
  });

  it('leave the lock to the others', async () => {
    const dataSource = await connect();
    await runMigrations(dataSource);
    const locks = await dataSource.query(`SELECT * FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(locks).toEqual([]);
  });

  it('stand in the order of their times, each under its name', () => {
    const names = commercialMigrations.map(({ name }) => name);
    const times = names.map((name) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(names.length);
    for (const Migration of commercialMigrations) expect(new Migration().name).toBe(Migration.name);
  });
});

describe('seeding the plans', () => {
  it('changes nothing the second time, nor when processes seed at once', async () => {
    const app = await startApp();
    try {
      const rows = () =>
        app.sql(`SELECT to_jsonb(p) AS plan, to_jsonb(q) AS quota FROM commercial.subscription_plans p
                 JOIN commercial.plan_quotas q ON q.plan_id = p.id ORDER BY p.code, q.quota_type`);
      const before = await rows();
      expect(before).toHaveLength(3);
      const plans = app.app.get(PlansService, { strict: false });
      await Promise.all(Array.from({ length: 6 }, () => plans.seed()));
      expect(await rows()).toEqual(before);
      await app.sql('DELETE FROM commercial.quota_balances');
      await app.sql('DELETE FROM commercial.plan_quotas');
      await app.sql('DELETE FROM commercial.subscription_plans');
      await Promise.all(Array.from({ length: 6 }, () => plans.seed()));
      expect(await rows()).toHaveLength(3);
    } finally {
      await app.close();
    }
  });
});
