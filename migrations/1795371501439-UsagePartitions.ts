import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Partitions usage_logs by the month of its ids; see docs/why/0002-usage-partitions.md. */
export class UsagePartitions1795371501439 implements MigrationInterface {
  name = 'UsagePartitions1795371501439';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await rebuild(queryRunner, 'PARTITION BY RANGE (id)', async () => {
      await queryRunner.query(
        `CREATE TABLE "commercial"."usage_logs_default" PARTITION OF "commercial"."usage_logs" DEFAULT`,
      );
    });
    await queryRunner.query(
      `CREATE INDEX "usage_logs_created" ON "commercial"."usage_logs" ("created_at", "id")`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await rebuild(queryRunner, '', async () => {});
    await queryRunner.query(`CREATE INDEX "usage_logs_balance" ON "commercial"."usage_logs" ("balance_id")`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."usage_logs" ADD CONSTRAINT "usage_logs_balance_fkey" FOREIGN KEY ("balance_id") REFERENCES "commercial"."quota_balances"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }
}

/** PostgreSQL can't turn a table into a partitioned one or back: the rows move into a new one under the old names. */
async function rebuild(
  queryRunner: QueryRunner,
  partitioning: string,
  addPartitions: () => Promise<void>,
): Promise<void> {
  await queryRunner.query(`ALTER TABLE "commercial"."usage_logs" RENAME TO "usage_logs_before"`);
  await queryRunner.query(
    `ALTER TABLE "commercial"."usage_logs_before" RENAME CONSTRAINT "usage_logs_pkey" TO "usage_logs_before_pkey"`,
  );
  await queryRunner.query(
    `CREATE TABLE "commercial"."usage_logs" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "balance_id" uuid NOT NULL, "resource_type" text NOT NULL, "resource_id" text, "cost" integer NOT NULL, "status" text NOT NULL, "metadata" jsonb, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "usage_logs_status" CHECK (status IN ('consumed', 'held', 'released')), CONSTRAINT "usage_logs_cost" CHECK (cost > 0), CONSTRAINT "usage_logs_pkey" PRIMARY KEY ("id")) ${partitioning}`,
  );
  await addPartitions();
  await queryRunner.query(
    `INSERT INTO "commercial"."usage_logs" ("id", "account_id", "user_id", "balance_id", "resource_type", "resource_id", "cost", "status", "metadata", "created_at") SELECT "id", "account_id", "user_id", "balance_id", "resource_type", "resource_id", "cost", "status", "metadata", "created_at" FROM "commercial"."usage_logs_before"`,
  );
  await queryRunner.query(`DROP TABLE "commercial"."usage_logs_before"`);
  await queryRunner.query(
    `CREATE INDEX "usage_logs_account" ON "commercial"."usage_logs" ("account_id", "created_at", "id")`,
  );
}
