import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A refused refund is asked for again under its own number; a bill names a refund on the day on which it was asked for. */
export class RefundRetries1796007000000 implements MigrationInterface {
  name = 'RefundRetries1796007000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD "retries" integer NOT NULL DEFAULT 0`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD "accepted_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" ADD "billed_on" date`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "billed_on"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "accepted_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."payment_refunds" DROP COLUMN "retries"`);
  }
}
