import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order whose coupon a later one of the same user has taken along. */
export class CouponsPassedOn1796006000000 implements MigrationInterface {
  name = 'CouponsPassedOn1796006000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" DROP CONSTRAINT "coupon_redemptions_status"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_status" CHECK (status IN ('reserved', 'redeemed', 'passed_on', 'released', 'honoured')) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" VALIDATE CONSTRAINT "coupon_redemptions_status"`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE "commercial"."coupon_redemptions" SET status = 'released' WHERE status = 'passed_on'`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" DROP CONSTRAINT "coupon_redemptions_status"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_status" CHECK (status IN ('reserved', 'redeemed', 'released', 'honoured'))`,
    );
  }
}
