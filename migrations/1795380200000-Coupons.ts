import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Coupons1795380200000 implements MigrationInterface {
  name = 'Coupons1795380200000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "commercial"."coupons" ("id" uuid NOT NULL, "code" text NOT NULL, "percent_off" integer, "amount_off_fen" integer, "plan_codes" text array, "max_redemptions" integer, "redeemed" integer NOT NULL DEFAULT '0', "starts_at" TIMESTAMP(3) WITH TIME ZONE, "ends_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "coupons_redeemed" CHECK (redeemed >= 0 AND redeemed <= max_redemptions), CONSTRAINT "coupons_off" CHECK (num_nonnulls(percent_off, amount_off_fen) = 1 AND percent_off BETWEEN 1 AND 100 AND amount_off_fen > 0), CONSTRAINT "coupons_pkey" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "coupons_code_key" ON "commercial"."coupons"  ("code") `,
  `CREATE TABLE "commercial"."coupon_redemptions" ("id" uuid NOT NULL, "coupon_id" uuid NOT NULL, "user_id" uuid NOT NULL, "account_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "payment_id" uuid, "price_fen" integer NOT NULL, "discount_fen" integer NOT NULL, "status" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "coupon_redemptions_paid" CHECK ((payment_id IS NULL) = (discount_fen = price_fen)), CONSTRAINT "coupon_redemptions_discount" CHECK (discount_fen BETWEEN 0 AND price_fen), CONSTRAINT "coupon_redemptions_status" CHECK (status IN ('reserved', 'redeemed', 'released', 'honoured')), CONSTRAINT "coupon_redemptions_pkey" PRIMARY KEY ("id"))`,
  `CREATE INDEX "coupon_redemptions_subscription" ON "commercial"."coupon_redemptions"  ("subscription_id") `,
  `CREATE UNIQUE INDEX "coupon_redemptions_payment_key" ON "commercial"."coupon_redemptions"  ("payment_id") WHERE payment_id IS NOT NULL`,
  `CREATE UNIQUE INDEX "coupon_redemptions_once_per_user" ON "commercial"."coupon_redemptions"  ("coupon_id", "user_id") WHERE status IN ('reserved', 'redeemed')`,
  `ALTER TABLE "commercial"."coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_coupon_fkey" FOREIGN KEY ("coupon_id") REFERENCES "commercial"."coupons"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

const DOWN = [`DROP TABLE "commercial"."coupon_redemptions"`, `DROP TABLE "commercial"."coupons"`];
