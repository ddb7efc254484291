import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second rotation within an overlap ends nobody's: what was signed with before goes on until its own time is over. */
export class SecretsOfAnOverlap1796006200000 implements MigrationInterface {
  name = 'SecretsOfAnOverlap1796006200000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."webhook_endpoints" ADD "older_secrets" jsonb NOT NULL DEFAULT '[]'`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."webhook_endpoints" DROP COLUMN "older_secrets"`);
  }
}
