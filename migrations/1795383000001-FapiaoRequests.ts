import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants a fapiao for which payment, and what became of it. */
export class FapiaoRequests1795383000001 implements MigrationInterface {
  name = 'FapiaoRequests1795383000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."fapiao_requests" (
         "id" uuid NOT NULL,
         "payment_id" uuid NOT NULL,
         "order_id" text NOT NULL,
         "account_id" uuid NOT NULL,
         "kind" text NOT NULL,
         "title" text NOT NULL,
         "tax_number" text,
         "email" text NOT NULL,
         "amount_fen" integer NOT NULL,
         "status" text NOT NULL,
         "number" text,
         "red_number" text,
         "reason" text,
         "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
         "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
         CONSTRAINT "fapiao_requests_pkey" PRIMARY KEY ("id"),
         CONSTRAINT "fapiao_requests_payment_fkey" FOREIGN KEY ("payment_id")
           REFERENCES "commercial"."payment_transactions" ("id"),
         CONSTRAINT "fapiao_requests_kind" CHECK (kind IN ('personal', 'company')),
         CONSTRAINT "fapiao_requests_company_has_tax_number" CHECK (kind = 'personal' OR tax_number IS NOT NULL),
         CONSTRAINT "fapiao_requests_amount" CHECK (amount_fen > 0),
         CONSTRAINT "fapiao_requests_status" CHECK (
           status IN ('requested', 'issued', 'rejected', 'withdrawn', 'red_letter_due', 'red_issued')),
         CONSTRAINT "fapiao_requests_issued_has_number" CHECK (
           (number IS NOT NULL) = (status IN ('issued', 'red_letter_due', 'red_issued'))),
         CONSTRAINT "fapiao_requests_red_has_number" CHECK ((red_number IS NOT NULL) = (status = 'red_issued'))
       )`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "fapiao_requests_live" ON "commercial"."fapiao_requests" ("payment_id")
       WHERE status IN ('requested', 'issued', 'red_letter_due')`,
    );
    await queryRunner.query(
      `CREATE INDEX "fapiao_requests_payment" ON "commercial"."fapiao_requests" ("payment_id", "created_at")`,
    );
    await queryRunner.query(
      `CREATE INDEX "fapiao_requests_by_status" ON "commercial"."fapiao_requests" ("status", "created_at", "id")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "commercial"."fapiao_requests"`);
  }
}
