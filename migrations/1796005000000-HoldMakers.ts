import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A hold remembers who made it. Holds of before, and those of a version before that still serves, count as the
 * customer's: they are settled as they were.
 */
export class HoldMakers1796005000000 implements MigrationInterface {
  name = 'HoldMakers1796005000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_holds" ADD "made_by" text NOT NULL DEFAULT 'customer'`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_holds" ADD CONSTRAINT "quota_holds_made_by" CHECK (made_by IN ('host', 'service', 'customer')) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_holds" VALIDATE CONSTRAINT "quota_holds_made_by"`,
    );
    await queryRunner.query(DEBIT);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION "commercial"."quota_debit_2"');
    await queryRunner.query(`ALTER TABLE "commercial"."quota_holds" DROP CONSTRAINT "quota_holds_made_by"`);
    await queryRunner.query(`ALTER TABLE "commercial"."quota_holds" DROP COLUMN "made_by"`);
  }
}

/** `quota_debit_2` is `quota_debit_1` with one array more: who makes each hold. */
const DEBIT = `DO $do$
DECLARE
  source text := pg_get_functiondef('commercial.quota_debit_1'::regproc);
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'commercial.quota_debit_1(', 'p_expires timestamp with time zone[],',
    'commercial.quota_holds (id, account_id, quota_type, created_at, expires_at)',
    'SELECT m.id, p_accounts[m.g], p_types[m.g], p_now, m.expires',
    'unnest(p_ids, p_groups, p_expires, o_outcome) AS m (id, g, expires, outcome)'
  ] LOOP
    IF position(wanted IN source) = 0 THEN RAISE 'quota_debit_1 has no %', wanted; END IF;
  END LOOP;
  source := replace(source, 'commercial.quota_debit_1(', 'commercial.quota_debit_2(');
  source := replace(source, 'p_expires timestamp with time zone[],', 'p_expires timestamp with time zone[], p_makers text[],');
  source := replace(source, 'commercial.quota_holds (id, account_id, quota_type, created_at, expires_at)',
    'commercial.quota_holds (id, account_id, quota_type, created_at, expires_at, made_by)');
  source := replace(source, 'SELECT m.id, p_accounts[m.g], p_types[m.g], p_now, m.expires',
    'SELECT m.id, p_accounts[m.g], p_types[m.g], p_now, m.expires, m.maker');
  source := replace(source, 'unnest(p_ids, p_groups, p_expires, o_outcome) AS m (id, g, expires, outcome)',
    'unnest(p_ids, p_groups, p_expires, o_outcome, p_makers) AS m (id, g, expires, outcome, maker)');
  EXECUTE source;
END $do$`;
