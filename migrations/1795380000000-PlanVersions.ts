import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators decide about plans; and versions that nobody can change, however they try. */
export class PlanVersions1795380000000 implements MigrationInterface {
  name = 'PlanVersions1795380000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `ALTER TABLE "commercial"."subscription_plans" ADD "trial_days" integer NOT NULL DEFAULT '0'`,
  `ALTER TABLE "commercial"."subscription_plans" ADD "migrate_at" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "commercial"."subscription_plans" ADD CONSTRAINT "subscription_plans_trial" CHECK (trial_days BETWEEN 0 AND 366)`,
  // No TypeORM entity can say this. Only `status` moves: it says whether the plan is on sale, not what is sold.
  `CREATE FUNCTION "commercial"."refuse_plan_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A version of a plan never changes: make a new one'
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$$`,
  `CREATE TRIGGER "subscription_plans_immutable" BEFORE UPDATE ON "commercial"."subscription_plans" FOR EACH ROW WHEN (to_jsonb(OLD) - 'status' IS DISTINCT FROM to_jsonb(NEW) - 'status') EXECUTE FUNCTION "commercial"."refuse_plan_change"()`,
  `CREATE TRIGGER "plan_quotas_immutable" BEFORE UPDATE ON "commercial"."plan_quotas" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION "commercial"."refuse_plan_change"()`,
];

const DOWN = [
  `DROP TRIGGER "plan_quotas_immutable" ON "commercial"."plan_quotas"`,
  `DROP TRIGGER "subscription_plans_immutable" ON "commercial"."subscription_plans"`,
  `DROP FUNCTION "commercial"."refuse_plan_change"()`,
  `ALTER TABLE "commercial"."subscription_plans" DROP CONSTRAINT "subscription_plans_trial"`,
  `ALTER TABLE "commercial"."subscription_plans" DROP COLUMN "migrate_at"`,
  `ALTER TABLE "commercial"."subscription_plans" DROP COLUMN "trial_days"`,
];
