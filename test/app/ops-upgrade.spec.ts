import { Client } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource } from '../../src/commercial/data-source.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { administrator, consume, order, payAtCashier, register, startApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { expectInvariants } from '../support/invariants.js';

const TABLES = `SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = 'commercial'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition AND c.relname <> 'next_release' ORDER BY c.relname`;

type Migration = new () => MigrationInterface;

/** What a next release may do to a table by the rules of CONTRIBUTING.md. */
function expansionOf(table: string, index: number): Migration {
  return class implements MigrationInterface {
    readonly name = `Expand${1999999999000 + index}`;

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(`ALTER TABLE commercial."${table}" ADD COLUMN next_note text`);
      await queryRunner.query(
        `ALTER TABLE commercial."${table}" ADD COLUMN next_state text NOT NULL DEFAULT 'unset'`,
      );
    }

    async down(): Promise<void> {}
  };
}

class IndexConcurrently1999999999991 implements MigrationInterface {
  readonly name = 'IndexConcurrently1999999999991';
  readonly transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX CONCURRENTLY next_payments ON commercial.orders (next_state)');
  }

  async down(): Promise<void> {}
}

class Backfill1999999999992 implements MigrationInterface {
  readonly name = 'Backfill1999999999992';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE commercial.users SET next_note = 'filled' WHERE next_note IS NULL`);
  }

  async down(): Promise<void> {}
}

class Check1999999999993 implements MigrationInterface {
  readonly name = 'Check1999999999993';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE commercial.next_release (id uuid PRIMARY KEY)');
    await queryRunner.query(
      `ALTER TABLE commercial.users ADD CONSTRAINT next_check CHECK (next_state <> '') NOT VALID`,
    );
    await queryRunner.query(`ALTER TABLE commercial.users VALIDATE CONSTRAINT next_check`);
  }

  async down(): Promise<void> {}
}

const AFTERWARDS = [IndexConcurrently1999999999991, Backfill1999999999992, Check1999999999993];

/** The database as the next release's process sees it when it starts. */
async function migrateToNext(url: string): Promise<void> {
  const dataSource = await createDataSource({ url, migrating: true }).initialize();
  const tables: { name: string }[] = await dataSource.query(TABLES);
  const expansions = tables.map(({ name }, index) => expansionOf(name, index));
  dataSource.setOptions({ migrations: [...expansions, ...AFTERWARDS] });
  await (dataSource as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  await runMigrations(dataSource).finally(() => dataSource.destroy());
}

describe('an upgrade beside a running version', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('fails no request of the version before, while the migrations run and after', async () => {
    const old = await startApp({ database });
    const admin = await administrator(old);
    const failures: string[] = [];
    let done = 0;
    let working = true;
    const expecting = (what: string, status: number, allowed: number) => {
      if (status !== allowed) failures.push(`${what}: ${status}`);
      done += 1;
    };
    const worker = async (number: number) => {
      for (let round = 0; working; round += 1) {
        const person = await register(old, `worker${number}-${round}`);
        const body = { email: person.email, password: 'correct horse battery staple' };
        expecting('login', (await old.call('POST', '/auth/login', { body })).status, 200);
        const refresh = { refreshToken: person.refreshToken };
        expecting('refresh', (await old.call('POST', '/auth/refresh', { body: refresh })).status, 200);
        for (let times = 0; times < 5; times += 1) expecting('consume', (await consume(person)).status, 200);
        const { orderId } = await order(person, 'alipay');
        await payAtCashier(old, orderId);
        await until(async () => {
          const { status, body: payment } = await person.call('GET', `/payments/${orderId}`);
          expecting('payment', status, 200);
          return payment.status === 'paid';
        });
        expecting('usage', (await person.call('GET', '/usage')).status, 200);
        expecting('list', (await admin.call('GET', '/admin/users')).status, 200);
      }
    };
    const work = Promise.all([1, 2, 3].map(worker));
    await until(async () => done > 20);
    await migrateToNext(database.url);
    const doneBefore = done;
    await until(async () => done > doneBefore + 20);
    // The next version beside the old one, on the new schema.
    const next = await startApp({ beside: old });
    const doneAlone = done;
    const newcomer = await register(next, 'newcomer');
    expect((await consume(newcomer)).status).toBe(200);
    await until(async () => done > doneAlone + 20);
    working = false;
    await work;
    expect(failures).toEqual([]);
    const [{ indisvalid }] = await old.sql(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'commercial.next_payments'::regclass`,
    );
    expect(indisvalid).toBe(true);
    await expectInvariants(old.dataSource);
    await next.close();
    await old.close();
  });

  it('steps back where somebody holds a table for long, so that nobody waits behind it', async () => {
    const old = await startApp({ database });
    const anna = await register(old, 'anna');
    const holder = new Client(database.url);
    await holder.connect();
    await holder.query('BEGIN; SELECT count(*) FROM commercial.users');
    const upgrade = migrateToNext(database.url);
    const waits = async (): Promise<boolean> =>
      (await old.sql(`SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted`)).length > 0;
    await until(waits);
    // Stands behind the migration's lock until that gives way; the statement's own limit is thirty seconds.
    expect((await anna.call('GET', '/users/me')).status).toBe(200);
    await until(waits);
    await holder.query('ROLLBACK');
    await upgrade;
    await holder.end();
    expect((await anna.call('GET', '/users/me')).status).toBe(200);
    await old.close();
  });

  it('takes turns with others, also where an index is built beside their work', async () => {
    const first: DataSource = await createDataSource({ url: database.url }).initialize();
    await runMigrations(first);
    await Promise.all([
      migrateToNext(database.url),
      migrateToNext(database.url),
      migrateToNext(database.url),
    ]);
    const run: { name: string }[] = await first.query(
      `SELECT name FROM commercial_migrations WHERE timestamp >= 1999999999990 ORDER BY timestamp`,
    );
    expect(run.map(({ name }) => name)).toEqual(AFTERWARDS.map(({ name }) => name));
    await first.destroy();
  });
});
