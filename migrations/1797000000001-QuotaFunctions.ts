import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runFile } from './sql-file.js';

/** What the engine calls: one statement debits a batch, one settles holds. */
export class QuotaFunctions1797000000001 implements MigrationInterface {
  name = 'QuotaFunctions1797000000001';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await runFile(queryRunner, new URL('./1797000000001-QuotaFunctions.sql', import.meta.url));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION commercial.quota_settle_1, commercial.quota_debit_1');
  }
}
