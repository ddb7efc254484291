import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is erased and comes again has neither another trial nor another month's free quota. */
export class ErasedMarks1796010000000 implements MigrationInterface {
  name = 'ErasedMarks1796010000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."accounts" ADD "goes_on_from" uuid`);
    await queryRunner.query(
      `CREATE TABLE "commercial"."erased_marks" ("mark" bytea NOT NULL, "account_id" uuid NOT NULL, "erased_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "erased_marks_pkey" PRIMARY KEY ("mark"), CONSTRAINT "erased_marks_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id"))`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "commercial"."erased_marks"`);
    await queryRunner.query(`ALTER TABLE "commercial"."accounts" DROP COLUMN "goes_on_from"`);
  }
}
