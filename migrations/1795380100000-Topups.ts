import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Topups1795380100000 implements MigrationInterface {
  name = 'Topups1795380100000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}

const UP = [
  `CREATE TABLE "commercial"."topup_packs" ("id" uuid NOT NULL, "code" text NOT NULL, "name" text NOT NULL, "quota_type" text NOT NULL, "amount" integer NOT NULL, "price_fen" integer NOT NULL, "currency" text NOT NULL, "valid_days" integer NOT NULL, "archived" boolean NOT NULL DEFAULT false, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "topup_packs_validity" CHECK (valid_days BETWEEN 1 AND 3660), CONSTRAINT "topup_packs_price" CHECK (price_fen > 0), CONSTRAINT "topup_packs_amount" CHECK (amount BETWEEN 1 AND 1000000000), CONSTRAINT "topup_packs_pkey" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "topup_packs_code_key" ON "commercial"."topup_packs"  ("code") `,
  `CREATE TABLE "commercial"."topups" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "pack_id" uuid NOT NULL, "quota_type" text NOT NULL, "amount" integer NOT NULL, "valid_days" integer NOT NULL, "granted_at" TIMESTAMP(3) WITH TIME ZONE, "valid_until" TIMESTAMP(3) WITH TIME ZONE, "taken_back_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "topups_taken_back" CHECK (taken_back_at IS NULL OR granted_at IS NOT NULL), CONSTRAINT "topups_granted" CHECK ((granted_at IS NULL) = (valid_until IS NULL)), CONSTRAINT "topups_pkey" PRIMARY KEY ("id"))`,
  `CREATE INDEX "topups_account" ON "commercial"."topups"  ("account_id", "created_at", "id") `,
  `ALTER TABLE "commercial"."topups" ADD CONSTRAINT "topups_pack_fkey" FOREIGN KEY ("pack_id") REFERENCES "commercial"."topup_packs"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

const DOWN = [`DROP TABLE "commercial"."topups"`, `DROP TABLE "commercial"."topup_packs"`];
