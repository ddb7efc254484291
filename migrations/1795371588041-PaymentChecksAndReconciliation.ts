import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentChecksAndReconciliation1795371588041 implements MigrationInterface {
  name = 'PaymentChecksAndReconciliation1795371588041';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."reconciliations" ("id" uuid NOT NULL, "provider" text NOT NULL, "bill_date" date NOT NULL, "status" text NOT NULL, "lines" integer NOT NULL DEFAULT '0', "matched" integer NOT NULL DEFAULT '0', "error" text, "requested_by" uuid, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "finished_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "reconciliations_status" CHECK (status IN ('running', 'done', 'unavailable', 'failed')), CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "reconciliations_newest" ON "commercial"."reconciliations"  ("created_at", "id")`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."reconciliation_differences" ("id" uuid NOT NULL, "reconciliation_id" uuid NOT NULL, "kind" text NOT NULL, "entry" text NOT NULL, "order_id" text NOT NULL, "refund_no" text, "trade_no" text, "channel_fen" bigint, "our_fen" bigint, "resolution" text NOT NULL, "detail" text, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "reconciliation_differences_resolution" CHECK (resolution IN ('open', 'settled')), CONSTRAINT "reconciliation_differences_entry" CHECK (entry IN ('payment', 'refund')), CONSTRAINT "reconciliation_differences_kind" CHECK (kind IN ('missing_here', 'missing_there', 'amount_differs')), CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "reconciliation_differences_open" ON "commercial"."reconciliation_differences"  ("order_id") WHERE resolution = 'open'`,
    );
    await queryRunner.query(
      `CREATE INDEX "reconciliation_differences_run" ON "commercial"."reconciliation_differences"  ("reconciliation_id", "created_at", "id")`,
    );
    await queryRunner.query(
      `CREATE UNLOGGED TABLE "commercial"."reconciliation_lines" ("reconciliation_id" uuid NOT NULL, "line" integer NOT NULL, "kind" text NOT NULL, "order_id" text NOT NULL, "refund_no" text, "trade_no" text NOT NULL, "amount_fen" bigint NOT NULL, "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "reconciliation_lines_kind" CHECK (kind IN ('payment', 'refund')), CONSTRAINT "reconciliation_lines_pkey" PRIMARY KEY ("reconciliation_id", "line"))`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" ADD "method" text`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" ADD "prepay" jsonb`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD "check_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD "ends_subscription" boolean NOT NULL DEFAULT false`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD "check_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD "checks" integer NOT NULL DEFAULT '0'`,
    );
    await queryRunner.query(
      `CREATE INDEX "audit_log_incidents" ON "commercial"."audit_log"  ("created_at", "id") WHERE action LIKE 'incident.%'`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_transactions_check" ON "commercial"."payment_transactions"  ("check_at") WHERE check_at IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_transactions_paid" ON "commercial"."payment_transactions"  ("provider", "paid_at") WHERE paid_at IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_refunds_check" ON "commercial"."payment_refunds"  ("check_at") WHERE check_at IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_refunds_settled" ON "commercial"."payment_refunds"  ("settled_at") WHERE status = 'succeeded'`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_run_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "commercial"."reconciliations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    // What was open before there were checks is looked at as soon as somebody does.
    await queryRunner.query(
      `UPDATE "commercial"."payment_transactions" SET "check_at" = now() WHERE "status" = 'pending'`,
    );
    await queryRunner.query(
      `UPDATE "commercial"."payment_refunds" SET "check_at" = now() WHERE "status" = 'pending'`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" DROP CONSTRAINT "reconciliation_differences_run_fkey"`,
    );
    await queryRunner.query(`DROP INDEX "commercial"."payment_refunds_settled"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_refunds_check"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_paid"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_check"`);
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_incidents"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "checks"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "check_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "ends_subscription"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" DROP COLUMN "check_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" DROP COLUMN "prepay"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" DROP COLUMN "method"`);
    await queryRunner.query(`DROP TABLE "commercial"."reconciliation_lines"`);
    await queryRunner.query(`DROP INDEX "commercial"."reconciliation_differences_run"`);
    await queryRunner.query(`DROP INDEX "commercial"."reconciliation_differences_open"`);
    await queryRunner.query(`DROP TABLE "commercial"."reconciliation_differences"`);
    await queryRunner.query(`DROP INDEX "commercial"."reconciliations_newest"`);
    await queryRunner.query(`DROP TABLE "commercial"."reconciliations"`);
  }
}
