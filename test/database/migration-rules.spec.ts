import { readdirSync, readFileSync } from 'node:fs';
import { faultsOfMigration } from '../support/migration-rules.js';

/** The schema of the first release; before it there was no version that could have been running. */
const FIRST_RELEASE = 1797000000002;

const migration = (statements: string, head = '') => `
  export class Next1 implements MigrationInterface {
    ${head}
    async up(queryRunner: QueryRunner): Promise<void> { ${statements} }
    async down(queryRunner: QueryRunner): Promise<void> { await queryRunner.query('DROP TABLE commercial.users'); }
  }`;
const query = (sql: string) => `await queryRunner.query(\`${sql}\`);`;

describe('a migration beside a running version', () => {
  it('keeps the rules, in every release after the first', () => {
    const folder = new URL('../../migrations/', import.meta.url);
    const later = readdirSync(folder).filter((name) => Number.parseInt(name, 10) > FIRST_RELEASE);
    const faults = later.map((name) => [
      name,
      faultsOfMigration(readFileSync(new URL(name, folder), 'utf8')),
    ]);
    expect(faults.filter(([, found]) => found!.length > 0)).toEqual([]);
  });

  it.each([
    'ALTER TABLE commercial.users DROP COLUMN email',
    'DROP TABLE commercial.sessions',
    'ALTER TABLE commercial.users RENAME COLUMN email TO mail',
    'ALTER TABLE "commercial"."users" RENAME TO "people"',
    'ALTER TABLE commercial.users ALTER COLUMN role TYPE varchar(10)',
    'ALTER TABLE commercial.users ALTER COLUMN role SET NOT NULL',
    'ALTER TABLE commercial.users ADD COLUMN phone text NOT NULL',
    'ALTER TABLE "commercial"."users" ADD "phone" text NOT NULL',
    'ALTER TABLE commercial.users ADD CONSTRAINT phone CHECK (phone <> 1)',
    'CREATE INDEX users_phone ON commercial.users (phone)',
    'CREATE UNIQUE INDEX users_phone ON commercial.users (phone)',
  ])('must not: %s', (sql) => {
    expect(faultsOfMigration(migration(query(sql)))).toHaveLength(1);
  });

  it.each([
    'CREATE TABLE commercial.phones (id uuid PRIMARY KEY, number text NOT NULL)',
    'ALTER TABLE commercial.users ADD COLUMN phone text',
    `ALTER TABLE "commercial"."users" ADD "phone" text NOT NULL DEFAULT ''`,
    'ALTER TABLE commercial.users ADD CONSTRAINT phone CHECK (phone <> 1) NOT VALID',
    'ALTER TABLE commercial.users VALIDATE CONSTRAINT phone',
    'UPDATE commercial.users SET phone = NULL',
  ])('may: %s', (sql) => {
    expect(faultsOfMigration(migration(query(sql)))).toEqual([]);
  });

  it('may do anything to a table of its own, and build an index beside the writers', () => {
    const own =
      query('CREATE TABLE "commercial"."phones" (id uuid)') +
      query('CREATE INDEX p ON "commercial"."phones" (id)');
    expect(faultsOfMigration(migration(own))).toEqual([]);
    const beside = query('CREATE INDEX CONCURRENTLY p ON commercial.users (email)');
    expect(faultsOfMigration(migration(beside, 'transaction = false as const;'))).toEqual([]);
    expect(faultsOfMigration(migration(beside))).toHaveLength(1);
  });

  it('must not change two tables that are in use', () => {
    const column = (table: string) => query(`ALTER TABLE commercial.${table} ADD COLUMN phone text`);
    expect(faultsOfMigration(migration(column('users') + column('accounts')))).toHaveLength(1);
    expect(faultsOfMigration(migration(column('users') + column('users')))).toEqual([]);
    const own = query('CREATE TABLE commercial.phones (id uuid)') + column('phones');
    expect(faultsOfMigration(migration(own + column('users')))).toEqual([]);
  });

  it('may break a rule for a reason that stands before the statement, and for that one only', () => {
    const drop = query('ALTER TABLE commercial.users DROP COLUMN phone');
    const marked = `\n// not online: nothing reads it since 0.3.0\n${drop}`;
    expect(faultsOfMigration(migration(marked))).toEqual([]);
    expect(faultsOfMigration(migration(marked + drop))).toHaveLength(1);
    expect(faultsOfMigration(migration(`\n// not online: \n${drop}`))).toHaveLength(1);
  });
});
