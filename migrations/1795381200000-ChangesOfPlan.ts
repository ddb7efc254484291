import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On what terms renewals and changes are ordered, and what an account has in credit. */
export class ChangesOfPlan1795381200000 implements MigrationInterface {
  name = 'ChangesOfPlan1795381200000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."order_terms" ("payment_id" uuid NOT NULL, "from_subscription_id" uuid NOT NULL, "credit_fen" integer NOT NULL, "account_credit_fen" integer NOT NULL, CONSTRAINT "order_terms_credit" CHECK (credit_fen >= 0 AND account_credit_fen >= 0), CONSTRAINT "order_terms_pkey" PRIMARY KEY ("payment_id"))`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."order_terms" ADD CONSTRAINT "order_terms_payment_fkey" FOREIGN KEY ("payment_id") REFERENCES "commercial"."payment_transactions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."account_credits" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "amount_fen" integer NOT NULL, "period_id" uuid, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "account_credits_amount" CHECK (amount_fen <> 0), CONSTRAINT "account_credits_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "account_credits_account" ON "commercial"."account_credits" ("account_id")`,
    );
    await queryRunner.query(
      `CREATE INDEX "account_credits_period" ON "commercial"."account_credits" ("period_id") WHERE period_id IS NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."account_credits" ADD CONSTRAINT "account_credits_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "commercial"."account_credits"`);
    await queryRunner.query(`DROP TABLE "commercial"."order_terms"`);
  }
}
