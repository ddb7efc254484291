import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runFile } from './sql-file.js';

/** The schema of the first release: tables, constraints and indexes. */
export class Tables1797000000000 implements MigrationInterface {
  name = 'Tables1797000000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    const [{ older }] = await queryRunner.query(
      `SELECT to_regclass('commercial.payment_transactions') IS NOT NULL AS older`,
    );
    if (older) {
      throw new Error(
        'The database was made before the first release, and its data cannot be carried over. ' +
          'Use a new database; for the embedded one, remove the folder postgres in DATA_DIR (.data).',
      );
    }
    await runFile(queryRunner, new URL('./1797000000000-Tables.sql', import.meta.url));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA commercial CASCADE');
  }
}
