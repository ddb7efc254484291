import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders for more than a plan by itself: a renewal, a change, and a top-up, which has neither plan nor subscription. */
export class OrdersOfAnyPurpose1795381000000 implements MigrationInterface {
  name = 'OrdersOfAnyPurpose1795381000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD "subject" text NOT NULL DEFAULT ''`,
    );
    await queryRunner.query(
      `UPDATE "commercial"."payment_transactions" t SET "subject" = p."name"
       FROM "commercial"."subscription_plans" p WHERE p."id" = t."plan_id"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ALTER COLUMN "plan_id" DROP NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ALTER COLUMN "subscription_id" DROP NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_purpose" CHECK (purpose IN ('subscription', 'renewal', 'change', 'topup'))`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_bought" CHECK (purpose = 'topup' OR (plan_id IS NOT NULL AND subscription_id IS NOT NULL))`,
    );
  }

  /** Fails where a top-up was sold: it can't be told in the older shape, and money is never deleted. */
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_bought"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_purpose"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ALTER COLUMN "subscription_id" SET NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ALTER COLUMN "plan_id" SET NOT NULL`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."payment_transactions" DROP COLUMN "subject"`);
  }
}
