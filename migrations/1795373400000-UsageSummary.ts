import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sums that GET /usage/summary reads; see docs/why/0003-usage-summary.md. */
export class UsageSummary1795373400000 implements MigrationInterface {
  name = 'UsageSummary1795373400000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "commercial"."usage_daily" ("account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "bucket" TIMESTAMP WITH TIME ZONE NOT NULL, "resource_type" text NOT NULL, "status" text NOT NULL, "count" bigint NOT NULL, "cost" bigint NOT NULL, CONSTRAINT "usage_daily_pkey" PRIMARY KEY ("account_id", "bucket", "user_id", "resource_type", "status"))`,
  `CREATE TABLE "commercial"."usage_hourly" ("bucket" TIMESTAMP WITH TIME ZONE NOT NULL, "resource_type" text NOT NULL, "status" text NOT NULL, "count" bigint NOT NULL, "cost" bigint NOT NULL, CONSTRAINT "usage_hourly_pkey" PRIMARY KEY ("bucket", "resource_type", "status"))`,
  `CREATE TABLE "commercial"."usage_late" ("account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "resource_type" text NOT NULL, "status" text NOT NULL, "count" bigint NOT NULL, "cost" bigint NOT NULL)`,
  `CREATE INDEX "usage_late_account" ON "commercial"."usage_late" ("account_id")`,
  `CREATE TABLE "commercial"."usage_rollup" ("id" boolean NOT NULL DEFAULT true, "counted_until" TIMESTAMP WITH TIME ZONE NOT NULL, "marked_at" TIMESTAMP WITH TIME ZONE, "marked_xid" xid8, CONSTRAINT "usage_rollup_one" CHECK (id), CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("id"))`,
  `INSERT INTO "commercial"."usage_rollup" ("counted_until") VALUES ('epoch')`,
  // FOR SHARE: whoever counts holds this row, so that a late row is either seen by the counting or entered here.
  `CREATE FUNCTION "commercial"."usage_arrives_late"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz;
BEGIN
  SELECT r.counted_until INTO until FROM commercial.usage_rollup r FOR SHARE;
  IF NEW.created_at < until THEN
    IF TG_OP = 'UPDATE' THEN
      INSERT INTO commercial.usage_late
      VALUES (OLD.account_id, OLD.user_id, OLD.created_at, OLD.resource_type, OLD.status, -1, -OLD.cost);
    END IF;
    INSERT INTO commercial.usage_late
    VALUES (NEW.account_id, NEW.user_id, NEW.created_at, NEW.resource_type, NEW.status, 1, NEW.cost);
  END IF;
  RETURN NULL;
END
$$`,
  `CREATE TRIGGER "usage_logs_late_insert" AFTER INSERT ON "commercial"."usage_logs" FOR EACH ROW WHEN (NEW.created_at < clock_timestamp() - interval '5 minutes') EXECUTE FUNCTION "commercial"."usage_arrives_late"()`,
  `CREATE TRIGGER "usage_logs_late_update" AFTER UPDATE ON "commercial"."usage_logs" FOR EACH ROW WHEN ((OLD.status, OLD.cost) IS DISTINCT FROM (NEW.status, NEW.cost) AND NEW.created_at < clock_timestamp() - interval '5 minutes') EXECUTE FUNCTION "commercial"."usage_arrives_late"()`,
];

const DOWN = [
  `DROP TRIGGER "usage_logs_late_update" ON "commercial"."usage_logs"`,
  `DROP TRIGGER "usage_logs_late_insert" ON "commercial"."usage_logs"`,
  `DROP FUNCTION "commercial"."usage_arrives_late"()`,
  `DROP TABLE "commercial"."usage_rollup"`,
  `DROP TABLE "commercial"."usage_late"`,
  `DROP TABLE "commercial"."usage_hourly"`,
  `DROP TABLE "commercial"."usage_daily"`,
];
