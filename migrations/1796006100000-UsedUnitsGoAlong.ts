import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was used in a month goes along to the plan that takes another one's place; and what comes back comes back there. */
export class UsedUnitsGoAlong1796006100000 implements MigrationInterface {
  name = 'UsedUnitsGoAlong1796006100000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD "carried" integer NOT NULL DEFAULT 0`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."quota_balances" ADD "carried_to" uuid`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD "paid_for" boolean NOT NULL DEFAULT false`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_used"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_used" CHECK (used BETWEEN carried AND greatest(granted::bigint + overage_cap, carried)) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" VALIDATE CONSTRAINT "quota_balances_used"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_carried" CHECK (carried >= 0) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" VALIDATE CONSTRAINT "quota_balances_carried"`,
    );
    await queryRunner.query(DEBIT);
    await queryRunner.query(SETTLE);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION "commercial"."quota_settle_2"');
    await queryRunner.query('DROP FUNCTION "commercial"."quota_debit_3"');
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_carried"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_used"`,
    );
    // Who has used more than a smaller plan grants would not be let in again.
    await queryRunner.query(
      `UPDATE "commercial"."quota_balances" SET used = least(used - carried, granted::bigint + overage_cap) WHERE carried > 0`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."quota_balances" DROP COLUMN "paid_for"`);
    await queryRunner.query(`ALTER TABLE "commercial"."quota_balances" DROP COLUMN "carried_to"`);
    await queryRunner.query(`ALTER TABLE "commercial"."quota_balances" DROP COLUMN "carried"`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_used" CHECK (used BETWEEN 0 AND granted::bigint + overage_cap)`,
    );
  }
}

/** `quota_debit_3` is `quota_debit_2`, but a balance that is used beyond its limit takes nothing from the others. */
const DEBIT = `DO $do$
DECLARE
  source text := pg_get_functiondef('commercial.quota_debit_2'::regproc);
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    'commercial.quota_debit_2(', 'g_over[g] := g_over[g] + b_cap[j] - greatest(b_used[j] - b_granted[j], 0);'
  ] LOOP
    IF position(wanted IN source) = 0 THEN RAISE 'quota_debit_2 has no %', wanted; END IF;
  END LOOP;
  source := replace(source, 'commercial.quota_debit_2(', 'commercial.quota_debit_3(');
  source := replace(source, 'g_over[g] := g_over[g] + b_cap[j] - greatest(b_used[j] - b_granted[j], 0);',
    'g_over[g] := g_over[g] + greatest(b_cap[j] - greatest(b_used[j] - b_granted[j], 0), 0);');
  EXECUTE source;
END $do$`;

/** `quota_settle_2` is `quota_settle_1`, but what comes back to a balance is less in those that its month went on in. */
const SETTLE = `DO $do$
DECLARE
  source text := pg_get_functiondef('commercial.quota_settle_1'::regproc);
  wanted text;
  returned text := '  UPDATE commercial.quota_balances q SET used = q.used - t.amount
  FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(d_balance, d_amount) AS x (id, amount) GROUP BY 1) t
  WHERE q.id = t.id;';
BEGIN
  FOREACH wanted IN ARRAY ARRAY['commercial.quota_settle_1(', 'd_balance uuid[]; d_amount integer[];', returned] LOOP
    IF position(wanted IN source) = 0 THEN RAISE 'quota_settle_1 has no %', wanted; END IF;
  END LOOP;
  source := replace(source, 'commercial.quota_settle_1(', 'commercial.quota_settle_2(');
  source := replace(source, 'd_balance uuid[]; d_amount integer[];',
    'd_balance uuid[]; d_amount integer[]; c_balance uuid[]; c_amount integer[];');
  source := replace(source, returned, '  WITH returned AS (
    UPDATE commercial.quota_balances q SET used = q.used - t.amount
    FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(d_balance, d_amount) AS x (id, amount) GROUP BY 1) t
    WHERE q.id = t.id RETURNING q.carried_to, t.amount
  )
  SELECT array_agg(r.carried_to), array_agg(r.amount::integer) INTO c_balance, c_amount
  FROM returned r WHERE r.carried_to IS NOT NULL;
  -- What later plans have taken along of it, one after the other.
  WHILE c_balance IS NOT NULL LOOP
    WITH returned AS (
      UPDATE commercial.quota_balances q SET used = q.used - t.amount, carried = q.carried - t.amount
      FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(c_balance, c_amount) AS x (id, amount) GROUP BY 1) t
      WHERE q.id = t.id RETURNING q.carried_to, t.amount
    )
    SELECT array_agg(r.carried_to), array_agg(r.amount::integer) INTO c_balance, c_amount
    FROM returned r WHERE r.carried_to IS NOT NULL;
  END LOOP;');
  EXECUTE source;
END $do$`;
