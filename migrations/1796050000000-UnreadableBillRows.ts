import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UnreadableBillRows1796050000000 implements MigrationInterface {
  name = 'UnreadableBillRows1796050000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" DROP CONSTRAINT "reconciliation_differences_kind"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ALTER COLUMN "entry" DROP NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ALTER COLUMN "order_id" DROP NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_kind" CHECK (kind IN ('missing_here', 'missing_there', 'amount_differs', 'unreadable')) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" VALIDATE CONSTRAINT "reconciliation_differences_kind"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_named" CHECK ((kind = 'unreadable') = (entry IS NULL) AND (kind = 'unreadable') = (order_id IS NULL)) NOT VALID`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" VALIDATE CONSTRAINT "reconciliation_differences_named"`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `DELETE FROM "commercial"."reconciliation_differences" WHERE "kind" = 'unreadable'`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" DROP CONSTRAINT "reconciliation_differences_named"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" DROP CONSTRAINT "reconciliation_differences_kind"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_kind" CHECK (kind IN ('missing_here', 'missing_there', 'amount_differs'))`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ALTER COLUMN "order_id" SET NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliation_differences" ALTER COLUMN "entry" SET NOT NULL`,
    );
  }
}
