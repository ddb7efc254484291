import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several balances of several kinds, holds, thresholds and overage. */
export class QuotaBalancesAndHolds1795372489552 implements MigrationInterface {
  name = 'QuotaBalancesAndHolds1795372489552';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `ALTER TABLE "commercial"."plan_quotas" ADD "overage_cap" integer NOT NULL DEFAULT '0'`,
  `ALTER TABLE "commercial"."plan_quotas" ADD CONSTRAINT "plan_quotas_overage" CHECK (overage_cap >= 0)`,

  `ALTER TABLE "commercial"."quota_balances" ADD "kind" text NOT NULL DEFAULT 'plan'`,
  `ALTER TABLE "commercial"."quota_balances" ADD "overage_cap" integer NOT NULL DEFAULT '0'`,
  `ALTER TABLE "commercial"."quota_balances" ADD "alerted" smallint NOT NULL DEFAULT '0'`,
  `ALTER TABLE "commercial"."quota_balances" ADD "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now()`,
  `UPDATE "commercial"."quota_balances" SET created_at = valid_from`,
  `ALTER TABLE "commercial"."quota_balances" ALTER COLUMN "subscription_id" DROP NOT NULL`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_used"`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_used" CHECK (used BETWEEN 0 AND granted::bigint + overage_cap)`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_granted" CHECK (granted >= 0 AND overage_cap >= 0)`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_kind" CHECK (kind IN ('plan', 'topup', 'promotion'))`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_plan" CHECK ((kind = 'plan') = (subscription_id IS NOT NULL))`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_alerted" CHECK (alerted IN (0, 80, 100))`,
  // In the order in which balances are used, so that nobody has to sort.
  `DROP INDEX "commercial"."quota_balances_live"`,
  `CREATE INDEX "quota_balances_live" ON "commercial"."quota_balances" ("account_id", "quota_type", "valid_until", "created_at", "id")`,
  // Each debit makes a new version of the row. With room for it on the page, no index has to learn of it.
  `ALTER TABLE "commercial"."quota_balances" SET (fillfactor = 50)`,

  `ALTER TABLE "commercial"."usage_logs" ADD "draws" jsonb`,

  `CREATE TABLE "commercial"."quota_holds" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "quota_type" text NOT NULL, "status" text NOT NULL DEFAULT 'open', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "settled_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "quota_holds_settled_at" CHECK ((status = 'open') = (settled_at IS NULL)), CONSTRAINT "quota_holds_status" CHECK (status IN ('open', 'committed', 'released', 'expired')), CONSTRAINT "quota_holds_pkey" PRIMARY KEY ("id"))`,
  `CREATE INDEX "quota_holds_settled" ON "commercial"."quota_holds" ("settled_at") WHERE status <> 'open'`,
  `CREATE INDEX "quota_holds_due" ON "commercial"."quota_holds" ("expires_at") WHERE status = 'open'`,
  `CREATE INDEX "quota_holds_open" ON "commercial"."quota_holds" ("account_id", "expires_at") WHERE status = 'open'`,
  `ALTER TABLE "commercial"."quota_holds" ADD CONSTRAINT "quota_holds_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,

  `CREATE TABLE "commercial"."quota_events" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "balance_id" uuid NOT NULL, "quota_type" text NOT NULL, "percent" smallint NOT NULL, "used" integer NOT NULL, "granted" integer NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "delivered_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "quota_events_pkey" PRIMARY KEY ("id"))`,
  `CREATE INDEX "quota_events_undelivered" ON "commercial"."quota_events" ("created_at") WHERE delivered_at IS NULL`,
  `CREATE UNIQUE INDEX "quota_events_once" ON "commercial"."quota_events" ("balance_id", "percent")`,
  `ALTER TABLE "commercial"."quota_events" ADD CONSTRAINT "quota_events_balance_fkey" FOREIGN KEY ("balance_id") REFERENCES "commercial"."quota_balances"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

/** Of a usage that drew on several balances, the schema before this one knows only the first. */
const DOWN = [
  `DROP TABLE "commercial"."quota_events"`,
  `DROP TABLE "commercial"."quota_holds"`,
  `ALTER TABLE "commercial"."usage_logs" DROP COLUMN "draws"`,
  `ALTER TABLE "commercial"."quota_balances" RESET (fillfactor)`,
  `DROP INDEX "commercial"."quota_balances_live"`,
  `CREATE INDEX "quota_balances_live" ON "commercial"."quota_balances" ("account_id", "quota_type", "valid_until")`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_alerted"`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_plan"`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_kind"`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_granted"`,
  `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_used"`,
  `DELETE FROM "commercial"."quota_balances" WHERE kind <> 'plan'`,
  `UPDATE "commercial"."quota_balances" SET granted = used WHERE used > granted`,
  `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_used" CHECK (used BETWEEN 0 AND granted)`,
  `ALTER TABLE "commercial"."quota_balances" ALTER COLUMN "subscription_id" SET NOT NULL`,
  `ALTER TABLE "commercial"."quota_balances" DROP COLUMN "created_at"`,
  `ALTER TABLE "commercial"."quota_balances" DROP COLUMN "alerted"`,
  `ALTER TABLE "commercial"."quota_balances" DROP COLUMN "overage_cap"`,
  `ALTER TABLE "commercial"."quota_balances" DROP COLUMN "kind"`,
  `ALTER TABLE "commercial"."plan_quotas" DROP CONSTRAINT "plan_quotas_overage"`,
  `ALTER TABLE "commercial"."plan_quotas" DROP COLUMN "overage_cap"`,
];
