import { readFileSync } from 'node:fs';
import type { QueryRunner } from 'typeorm';

/** Runs every statement of a file, in the transaction of the migration. */
export async function runFile(queryRunner: QueryRunner, file: URL): Promise<void> {
  await queryRunner.query(readFileSync(file, 'utf8'));
}
