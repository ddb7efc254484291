import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a payment is on its way back. */
export class RefundPending1796007100000 implements MigrationInterface {
  name = 'RefundPending1796007100000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD "refund_pending_fen" integer NOT NULL DEFAULT 0`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_refund_pending" CHECK (refund_pending_fen >= 0) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" VALIDATE CONSTRAINT "payment_transactions_refund_pending"`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_refund_pending"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP COLUMN "refund_pending_fen"`,
    );
  }
}
