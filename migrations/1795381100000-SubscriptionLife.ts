import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of paid periods, what falls due for a subscription and when, and the grace after the paid time. */
export class SubscriptionLife1795381100000 implements MigrationInterface {
  name = 'SubscriptionLife1795381100000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...FACTS]) await queryRunner.query(statement);
    await queryRunner.query(debitsWith(PAID, IN_FORCE));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(debitsWith(IN_FORCE, PAID));
    await queryRunner.query(`DROP TABLE "commercial"."subscription_periods"`);
    await queryRunner.query(`DROP INDEX "commercial"."subscriptions_due"`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" DROP CONSTRAINT "subscriptions_scheduled_plan_fkey"`,
    );
    for (const column of ['due_at', 'handled_until', 'scheduled_plan_id', 'in_force_until']) {
      await queryRunner.query(`ALTER TABLE "commercial"."subscriptions" DROP COLUMN "${column}"`);
    }
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" DROP CONSTRAINT "subscriptions_status"`,
    );
    await queryRunner.query(
      `UPDATE "commercial"."subscriptions" SET "status" = 'expired' WHERE "status" = 'canceled'`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" ADD CONSTRAINT "subscriptions_status" CHECK (status IN ('pending', 'active', 'abandoned', 'replaced', 'refunded', 'expired'))`,
    );
  }
}

const TABLES = [
  `ALTER TABLE "commercial"."subscriptions" DROP CONSTRAINT "subscriptions_status"`,
  `ALTER TABLE "commercial"."subscriptions" ADD CONSTRAINT "subscriptions_status" CHECK (status IN ('pending', 'active', 'abandoned', 'replaced', 'refunded', 'expired', 'canceled'))`,
  `ALTER TABLE "commercial"."subscriptions" ADD "in_force_until" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "commercial"."subscriptions" ADD "scheduled_plan_id" uuid`,
  `ALTER TABLE "commercial"."subscriptions" ADD "handled_until" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "commercial"."subscriptions" ADD "due_at" TIMESTAMP(3) WITH TIME ZONE`,
  `ALTER TABLE "commercial"."subscriptions" ADD CONSTRAINT "subscriptions_scheduled_plan_fkey" FOREIGN KEY ("scheduled_plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `CREATE INDEX "subscriptions_due" ON "commercial"."subscriptions" ("due_at") WHERE status = 'active' AND due_at IS NOT NULL`,
  `CREATE TABLE "commercial"."subscription_periods" ("id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "plan_id" uuid NOT NULL, "payment_id" uuid, "starts_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "worth_fen" integer NOT NULL, "carried_fen" integer NOT NULL DEFAULT '0', "carried_to" uuid, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "subscription_periods_time" CHECK (ends_at > starts_at AND ended_at BETWEEN starts_at AND ends_at), CONSTRAINT "subscription_periods_worth" CHECK (worth_fen >= 0 AND carried_fen BETWEEN 0 AND worth_fen), CONSTRAINT "subscription_periods_pkey" PRIMARY KEY ("id"))`,
  `CREATE INDEX "subscription_periods_order" ON "commercial"."subscription_periods" ("subscription_id", "starts_at")`,
  `CREATE UNIQUE INDEX "subscription_periods_payment_key" ON "commercial"."subscription_periods" ("payment_id") WHERE payment_id IS NOT NULL`,
  `ALTER TABLE "commercial"."subscription_periods" ADD CONSTRAINT "subscription_periods_subscription_fkey" FOREIGN KEY ("subscription_id") REFERENCES "commercial"."subscriptions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "commercial"."subscription_periods" ADD CONSTRAINT "subscription_periods_plan_fkey" FOREIGN KEY ("plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "commercial"."subscription_periods" ADD CONSTRAINT "subscription_periods_payment_fkey" FOREIGN KEY ("payment_id") REFERENCES "commercial"."payment_transactions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

/** What is there already: one period for each paid subscription, and the default grace for those that are live. */
const FACTS = [
  `INSERT INTO "commercial"."subscription_periods"
     (id, subscription_id, plan_id, payment_id, starts_at, ends_at, ended_at, worth_fen, created_at)
   SELECT gen_random_uuid(), s.id, s.plan_id, p.id, s.current_period_start, s.current_period_end,
          CASE WHEN s.ended_at < s.current_period_end THEN greatest(s.ended_at, s.current_period_start) END,
          coalesce(p.amount_fen, 0), s.current_period_start
   FROM "commercial"."subscriptions" s
   LEFT JOIN LATERAL (
     SELECT t.id, t.amount_fen FROM "commercial"."payment_transactions" t
     WHERE t.subscription_id = s.id AND t.paid_at IS NOT NULL ORDER BY t.paid_at LIMIT 1
   ) p ON true
   WHERE s.started_at IS NOT NULL AND s.current_period_end IS NOT NULL`,
  `UPDATE "commercial"."subscriptions"
   SET in_force_until = current_period_end + interval '72 hours', handled_until = now(), due_at = now()
   WHERE status = 'active' AND current_period_end IS NOT NULL`,
];

/** How the function that debits a batch tells whether a subscription has something to give, or to be brought up to date. */
const PAID = '(s.current_period_end IS NULL OR s.current_period_end > p_now)';
const IN_FORCE = '(s.in_force_until IS NULL OR s.in_force_until > p_now OR s.due_at <= p_now)';

function debitsWith(from: string, to: string): string {
  return `DO $do$ BEGIN
    EXECUTE replace(pg_get_functiondef('commercial.quota_debit_1'::regproc), '${from}', '${to}');
  END $do$`;
}
