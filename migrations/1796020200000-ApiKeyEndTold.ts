import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mail tells once that an API key is about to end. */
export class ApiKeyEndTold1796020200000 implements MigrationInterface {
  name = 'ApiKeyEndTold1796020200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."api_keys" ADD "end_told_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP COLUMN "end_told_at"`);
  }
}
