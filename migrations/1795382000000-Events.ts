import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened, to whom it is owed, and who outside wants to know. */
export class Events1795382000000 implements MigrationInterface {
  name = 'Events1795382000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."events" ("id" uuid NOT NULL, "sequence" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "type" text NOT NULL, "account_id" uuid, "subscription_id" uuid, "subject_id" text NOT NULL, "data" jsonb NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "events_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "events_account" ON "commercial"."events"  ("account_id", "created_at", "id") `,
    );
    await queryRunner.query(`CREATE INDEX "events_created" ON "commercial"."events"  ("created_at", "id") `);
    await queryRunner.query(
      `CREATE TABLE "commercial"."webhook_endpoints" ("id" uuid NOT NULL, "url" text NOT NULL, "description" text, "types" text array NOT NULL DEFAULT '{}', "enabled" boolean NOT NULL DEFAULT true, "secret" text NOT NULL, "previous_secret" text, "previous_secret_until" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "webhook_endpoints_previous_secret" CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)), CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "webhook_endpoints_created" ON "commercial"."webhook_endpoints"  ("created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."event_deliveries" ("id" uuid NOT NULL, "event_id" uuid NOT NULL, "destination" text NOT NULL, "endpoint_id" uuid, "stream" uuid NOT NULL, "sequence" bigint NOT NULL, "in_order" boolean NOT NULL DEFAULT true, "status" text NOT NULL DEFAULT 'pending', "attempts" integer NOT NULL DEFAULT '0', "due_at" TIMESTAMP(3) WITH TIME ZONE, "leased_until" TIMESTAMP(3) WITH TIME ZONE, "response_status" smallint, "last_error" text, "delivered_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "event_deliveries_destination" CHECK (destination IN ('handlers', 'mail') OR endpoint_id IS NOT NULL), CONSTRAINT "event_deliveries_due_while_pending" CHECK ((status = 'pending') = (due_at IS NOT NULL)), CONSTRAINT "event_deliveries_status" CHECK (status IN ('pending', 'delivered', 'skipped', 'dead')), CONSTRAINT "event_deliveries_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "event_deliveries_dead" ON "commercial"."event_deliveries"  ("created_at", "id") WHERE status = 'dead'`,
    );
    await queryRunner.query(
      `CREATE INDEX "event_deliveries_created" ON "commercial"."event_deliveries"  ("created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE INDEX "event_deliveries_endpoint" ON "commercial"."event_deliveries"  ("endpoint_id", "created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE INDEX "event_deliveries_due" ON "commercial"."event_deliveries"  ("destination", "due_at") WHERE status = 'pending'`,
    );
    await queryRunner.query(
      `CREATE INDEX "event_deliveries_line" ON "commercial"."event_deliveries"  ("destination", "stream", "sequence") WHERE status = 'pending'`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "event_deliveries_once" ON "commercial"."event_deliveries"  ("event_id", "destination") `,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."event_deliveries" ADD CONSTRAINT "event_deliveries_event_fkey" FOREIGN KEY ("event_id") REFERENCES "commercial"."events"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."event_deliveries" ADD CONSTRAINT "event_deliveries_endpoint_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "commercial"."webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."event_deliveries" DROP CONSTRAINT "event_deliveries_endpoint_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."event_deliveries" DROP CONSTRAINT "event_deliveries_event_fkey"`,
    );
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_once"`);
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_line"`);
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_due"`);
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_endpoint"`);
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_created"`);
    await queryRunner.query(`DROP INDEX "commercial"."event_deliveries_dead"`);
    await queryRunner.query(`DROP TABLE "commercial"."event_deliveries"`);
    await queryRunner.query(`DROP INDEX "commercial"."webhook_endpoints_created"`);
    await queryRunner.query(`DROP TABLE "commercial"."webhook_endpoints"`);
    await queryRunner.query(`DROP INDEX "commercial"."events_created"`);
    await queryRunner.query(`DROP INDEX "commercial"."events_account"`);
    await queryRunner.query(`DROP TABLE "commercial"."events"`);
  }
}
