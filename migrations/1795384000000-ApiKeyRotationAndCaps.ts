import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ApiKeyRotationAndCaps1795384000000 implements MigrationInterface {
  name = 'ApiKeyRotationAndCaps1795384000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" ADD "quota_cap" integer`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" ADD "first_key_id" uuid`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" ADD "replaced_by" uuid`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."api_keys" ADD CONSTRAINT "api_keys_quota_cap" CHECK (quota_cap > 0)`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."api_key_usage" ("key_id" uuid NOT NULL, "period_start" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "used" integer NOT NULL, CONSTRAINT "api_key_usage_used" CHECK (used >= 0), CONSTRAINT "api_key_usage_pkey" PRIMARY KEY ("key_id", "period_start"), CONSTRAINT "api_key_usage_key_fkey" FOREIGN KEY ("key_id") REFERENCES "commercial"."api_keys"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."api_key_debits" ("usage_id" uuid NOT NULL, "key_id" uuid NOT NULL, "period_start" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "api_key_debits_pkey" PRIMARY KEY ("usage_id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "api_key_debits_period" ON "commercial"."api_key_debits"  ("period_start")`,
    );
    await queryRunner.query(GIVE_BACK);
    await queryRunner.query(`
      CREATE TRIGGER "usage_logs_give_back_to_key" AFTER UPDATE ON "commercial"."usage_logs"
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION "commercial"."give_back_to_key"()`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TRIGGER "usage_logs_give_back_to_key" ON "commercial"."usage_logs"`);
    await queryRunner.query(`DROP FUNCTION "commercial"."give_back_to_key"()`);
    await queryRunner.query(`DROP TABLE "commercial"."api_key_debits"`);
    await queryRunner.query(`DROP TABLE "commercial"."api_key_usage"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP CONSTRAINT "api_keys_quota_cap"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP COLUMN "replaced_by"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP COLUMN "first_key_id"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP COLUMN "quota_cap"`);
  }
}

/**
 * What is released, or committed below what was held, goes back to the cap of the key that consumed it, in the same
 * transaction. Once for each statement: a settlement of hundreds looks up its usages in one go, and finds none where no
 * key has a cap. The counters come last in the order of locks, and among themselves in the order of their keys.
 */
const GIVE_BACK = `
CREATE FUNCTION "commercial"."give_back_to_key"() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
  back record;
BEGIN
  FOR back IN
    SELECT d.key_id, d.period_start, sum(
      CASE o.status WHEN 'released' THEN 0 ELSE o.cost END - CASE n.status WHEN 'released' THEN 0 ELSE n.cost END
    ) AS amount
    FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN commercial.api_key_debits d ON d.usage_id = n.id
    GROUP BY d.key_id, d.period_start ORDER BY d.key_id, d.period_start
  LOOP
    UPDATE commercial.api_key_usage SET used = used - back.amount
    WHERE key_id = back.key_id AND period_start = back.period_start;
  END LOOP;
  RETURN NULL;
END $function$`;
