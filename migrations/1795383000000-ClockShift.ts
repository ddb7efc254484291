import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the administrator has moved business time ahead, in development and tests. */
export class ClockShift1795383000000 implements MigrationInterface {
  name = 'ClockShift1795383000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."clock_shift" (
         "id" smallint NOT NULL,
         "offset_ms" bigint NOT NULL,
         CONSTRAINT "clock_shift_pkey" PRIMARY KEY ("id"),
         CONSTRAINT "clock_shift_single" CHECK (id = 1),
         CONSTRAINT "clock_shift_ahead" CHECK (offset_ms >= 0)
       )`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "commercial"."clock_shift"`);
  }
}
