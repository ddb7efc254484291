import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries by who did it, and those that end. */
export class SecurityEventIndexes1796020100000 implements MigrationInterface {
  name = 'SecurityEventIndexes1796020100000';
  transaction = false as const;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY "audit_log_actor" ON "commercial"."audit_log" ("actor_user_id", "created_at", "id")`,
    );
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY "audit_log_kept_until" ON "commercial"."audit_log" ("kept_until") WHERE kept_until IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY "audit_log_addresses" ON "commercial"."audit_log" ("created_at") WHERE client_address IS NOT NULL AND kept_until IS NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_addresses"`);
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_kept_until"`);
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_actor"`);
  }
}
