import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReconciliationWithoutBill1795386100000 implements MigrationInterface {
  name = 'ReconciliationWithoutBill1795386100000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."reconciliations" ADD "without_bill" boolean NOT NULL DEFAULT false`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."reconciliations" DROP COLUMN "without_bill"`);
  }
}
