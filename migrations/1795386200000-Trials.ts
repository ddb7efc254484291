import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has tried a plan, and until when a subscription is on trial. A coupon may leave to credit what is left to pay. */
export class Trials1795386200000 implements MigrationInterface {
  name = 'Trials1795386200000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."trials" ("user_id" uuid NOT NULL, "account_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "plan_id" uuid NOT NULL, "started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "trials_pkey" PRIMARY KEY ("user_id"))`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "trials_account_key" ON "commercial"."trials" ("account_id")`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "trials_subscription_key" ON "commercial"."trials" ("subscription_id")`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."trials" ADD CONSTRAINT "trials_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."trials" ADD CONSTRAINT "trials_plan_fkey" FOREIGN KEY ("plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" ADD "trial_ends_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" DROP CONSTRAINT "coupon_redemptions_paid"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_paid" CHECK (payment_id IS NULL OR discount_fen < price_fen) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" VALIDATE CONSTRAINT "coupon_redemptions_paid"`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" DROP CONSTRAINT "coupon_redemptions_paid"`,
    );
    // What credit met since then stays as it is.
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_paid" CHECK ((payment_id IS NULL) = (discount_fen = price_fen)) NOT VALID`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."subscriptions" DROP COLUMN "trial_ends_at"`);
    await queryRunner.query(`DROP TABLE "commercial"."trials"`);
  }
}
