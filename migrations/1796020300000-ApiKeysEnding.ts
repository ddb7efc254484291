import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ApiKeysEnding1796020300000 implements MigrationInterface {
  name = 'ApiKeysEnding1796020300000';
  transaction = false as const;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY "api_keys_ending" ON "commercial"."api_keys" ("expires_at") WHERE revoked_at IS NULL AND replaced_by IS NULL AND end_told_at IS NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "commercial"."api_keys_ending"`);
  }
}
