import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other applications' keys and customers. */
export class ServiceKeysAndCustomers1796005100000 implements MigrationInterface {
  name = 'ServiceKeysAndCustomers1796005100000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."service_keys" ("id" uuid NOT NULL, "name" text NOT NULL, "prefix" text NOT NULL, "key_hash" bytea NOT NULL, "scopes" text array NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE, "last_used_at" TIMESTAMP(3) WITH TIME ZONE, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, "first_key_id" uuid NOT NULL, "replaced_by" uuid, CONSTRAINT "service_keys_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "service_keys_created" ON "commercial"."service_keys"  ("created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "service_keys_key_hash_key" ON "commercial"."service_keys"  ("key_hash") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."customers" ("id" uuid NOT NULL, "external_id" text NOT NULL, "account_id" uuid NOT NULL, "email" text, "display_name" text, "locale" text NOT NULL, "metadata" jsonb NOT NULL DEFAULT '{}', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "erased_at" TIMESTAMP(3) WITH TIME ZONE, "link_token_hash" bytea, "link_expires_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "customers_link" CHECK ((link_token_hash IS NULL) = (link_expires_at IS NULL)), CONSTRAINT "customers_locale" CHECK (locale IN ('zh-CN', 'en')), CONSTRAINT "customers_email_normal" CHECK (email = lower(btrim(email))), CONSTRAINT "customers_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "customers_link_token_key" ON "commercial"."customers"  ("link_token_hash") WHERE link_token_hash IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "customers_erased" ON "commercial"."customers"  ("erased_at") WHERE erased_at IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "customers_email" ON "commercial"."customers"  ("email", "created_at", "id") WHERE email IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "customers_created" ON "commercial"."customers"  ("created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "customers_account_key" ON "commercial"."customers"  ("account_id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "customers_external_id_key" ON "commercial"."customers"  ("external_id") `,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."customers" ADD CONSTRAINT "customers_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."customers" DROP CONSTRAINT "customers_account_fkey"`);
    await queryRunner.query(`DROP TABLE "commercial"."customers"`);
    await queryRunner.query(`DROP TABLE "commercial"."service_keys"`);
  }
}
