import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has agreed to be charged for renewals, and which orders were charged so. */
export class PaymentAgreements1795386300000 implements MigrationInterface {
  name = 'PaymentAgreements1795386300000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."payment_agreements" (
         "id" uuid NOT NULL,
         "number" text NOT NULL,
         "account_id" uuid NOT NULL,
         "user_id" uuid NOT NULL,
         "provider" text NOT NULL,
         "provider_agreement_no" text,
         "status" text NOT NULL,
         "sign_url" text,
         "check_at" TIMESTAMP(3) WITH TIME ZONE,
         "charge_at" TIMESTAMP(3) WITH TIME ZONE,
         "end_requested_at" TIMESTAMP(3) WITH TIME ZONE,
         "signed_at" TIMESTAMP(3) WITH TIME ZONE,
         "ended_at" TIMESTAMP(3) WITH TIME ZONE,
         "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
         CONSTRAINT "payment_agreements_pkey" PRIMARY KEY ("id"),
         CONSTRAINT "payment_agreements_account_fkey" FOREIGN KEY ("account_id")
           REFERENCES "commercial"."accounts" ("id"),
         CONSTRAINT "payment_agreements_status" CHECK (status IN ('pending', 'active', 'ended')),
         CONSTRAINT "payment_agreements_active_is_signed" CHECK (
           status <> 'active' OR (provider_agreement_no IS NOT NULL AND signed_at IS NOT NULL)),
         CONSTRAINT "payment_agreements_ended_has_time" CHECK ((status = 'ended') = (ended_at IS NOT NULL)),
         CONSTRAINT "payment_agreements_charge_on_active" CHECK (charge_at IS NULL OR status = 'active')
       )`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_agreements_number_key" ON "commercial"."payment_agreements" ("number")`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_agreements_one_live_per_account" ON "commercial"."payment_agreements" ("account_id")
       WHERE status IN ('pending', 'active')`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_agreements_account" ON "commercial"."payment_agreements" ("account_id", "created_at")`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_agreements_check" ON "commercial"."payment_agreements" ("check_at")
       WHERE check_at IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_agreements_charge" ON "commercial"."payment_agreements" ("charge_at")
       WHERE charge_at IS NOT NULL`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."order_terms" ADD "agreement_id" uuid`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" ADD "period_start" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" ADD CONSTRAINT "order_terms_charge"
       CHECK ((agreement_id IS NULL) = (period_start IS NULL)) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" VALIDATE CONSTRAINT "order_terms_charge"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" ADD CONSTRAINT "order_terms_agreement_fkey"
       FOREIGN KEY ("agreement_id") REFERENCES "commercial"."payment_agreements" ("id") NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" VALIDATE CONSTRAINT "order_terms_agreement_fkey"`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" DROP CONSTRAINT "order_terms_agreement_fkey"`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."order_terms" DROP CONSTRAINT "order_terms_charge"`);
    await queryRunner.query(`ALTER TABLE "commercial"."order_terms" DROP COLUMN "period_start"`);
    await queryRunner.query(`ALTER TABLE "commercial"."order_terms" DROP COLUMN "agreement_id"`);
    await queryRunner.query(`DROP TABLE "commercial"."payment_agreements"`);
  }
}
