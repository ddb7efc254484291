import type { MigrationInterface, QueryRunner } from 'typeorm';

/** jsonb forgets the order of members; json keeps an answer's text as it was sent. */
export class AnswersAsSent1795372375886 implements MigrationInterface {
  name = 'AnswersAsSent1795372375886';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."idempotency_keys" ALTER COLUMN "answer_body" TYPE json USING "answer_body"::json`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."idempotency_keys" ALTER COLUMN "answer_body" TYPE jsonb USING "answer_body"::jsonb`,
    );
  }
}
