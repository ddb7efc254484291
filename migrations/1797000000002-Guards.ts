import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runFile } from './sql-file.js';

/** Triggers: what the database itself refuses or keeps up, whoever writes. */
export class Guards1797000000002 implements MigrationInterface {
  name = 'Guards1797000000002';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await runFile(queryRunner, new URL('./1797000000002-Guards.sql', import.meta.url));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION commercial.give_back_to_key, commercial.guard_audit_entry, commercial.guard_audit_log,
        commercial.refuse_plan_change, commercial.usage_arrives_late CASCADE`);
  }
}
