import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountsToTrust1795372320212 implements MigrationInterface {
  name = 'AccountsToTrust1795372320212';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."one_time_tokens" ("id" uuid NOT NULL, "user_id" uuid NOT NULL, "purpose" text NOT NULL, "token_hash" bytea NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "used_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "one_time_tokens_purpose" CHECK (purpose IN ('password_reset', 'email_verification')), CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "one_time_tokens_user" ON "commercial"."one_time_tokens"  ("user_id", "purpose")`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "one_time_tokens_token_hash_key" ON "commercial"."one_time_tokens"  ("token_hash")`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."invitations" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "email" text NOT NULL, "role" text NOT NULL, "token_hash" bytea NOT NULL, "invited_by" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "closed_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "invitations_role" CHECK (role IN ('owner', 'admin', 'member')), CONSTRAINT "invitations_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "invitations_account" ON "commercial"."invitations"  ("account_id", "created_at", "id")`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "invitations_token_hash_key" ON "commercial"."invitations"  ("token_hash")`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."memberships" ("account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "role" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "memberships_role" CHECK (role IN ('owner', 'admin', 'member')), CONSTRAINT "memberships_pkey" PRIMARY KEY ("account_id", "user_id"))`,
    );
    await queryRunner.query(`CREATE INDEX "memberships_user" ON "commercial"."memberships"  ("user_id")`);
    await queryRunner.query(
      `CREATE TABLE "commercial"."ended_sessions" ("session_id" uuid NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ended_sessions_pkey" PRIMARY KEY ("session_id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "ended_sessions_expiry" ON "commercial"."ended_sessions"  ("expires_at")`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."accounts" ADD "name" text`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."users" ADD "email_verified_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."users" ADD "deactivated_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."users" ADD "erased_at" TIMESTAMP(3) WITH TIME ZONE`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" ADD "account_id" uuid`);
    await queryRunner.query(`ALTER TABLE "commercial"."sessions" ADD "user_agent" text`);
    await queryRunner.query(
      `CREATE INDEX "audit_log_created" ON "commercial"."audit_log"  ("created_at", "id")`,
    );
    await queryRunner.query(`CREATE INDEX "users_created" ON "commercial"."users"  ("created_at", "id")`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."accounts" ADD CONSTRAINT "accounts_name" CHECK ((kind = 'organization') = (name IS NOT NULL))`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."users" ADD CONSTRAINT "users_erased_is_deactivated" CHECK (erased_at IS NULL OR deactivated_at IS NOT NULL)`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."api_keys" ADD CONSTRAINT "api_keys_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."one_time_tokens" ADD CONSTRAINT "one_time_tokens_user_fkey" FOREIGN KEY ("user_id") REFERENCES "commercial"."users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."invitations" ADD CONSTRAINT "invitations_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."memberships" ADD CONSTRAINT "memberships_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."memberships" ADD CONSTRAINT "memberships_user_fkey" FOREIGN KEY ("user_id") REFERENCES "commercial"."users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    // No TypeORM entity can say this. Statement triggers, so that TRUNCATE is refused too.
    await queryRunner.query(`
      CREATE FUNCTION "commercial"."refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER "audit_log_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "commercial"."audit_log"
      FOR EACH STATEMENT EXECUTE FUNCTION "commercial"."refuse_audit_change"()`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TRIGGER "audit_log_only_grows" ON "commercial"."audit_log"`);
    await queryRunner.query(`DROP FUNCTION "commercial"."refuse_audit_change"()`);
    await queryRunner.query(`ALTER TABLE "commercial"."memberships" DROP CONSTRAINT "memberships_user_fkey"`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."memberships" DROP CONSTRAINT "memberships_account_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."invitations" DROP CONSTRAINT "invitations_account_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."one_time_tokens" DROP CONSTRAINT "one_time_tokens_user_fkey"`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP CONSTRAINT "api_keys_account_fkey"`);
    await queryRunner.query(`ALTER TABLE "commercial"."users" DROP CONSTRAINT "users_erased_is_deactivated"`);
    await queryRunner.query(`ALTER TABLE "commercial"."accounts" DROP CONSTRAINT "accounts_name"`);
    await queryRunner.query(`DROP INDEX "commercial"."users_created"`);
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_created"`);
    await queryRunner.query(`ALTER TABLE "commercial"."sessions" DROP COLUMN "user_agent"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP COLUMN "account_id"`);
    await queryRunner.query(`ALTER TABLE "commercial"."users" DROP COLUMN "erased_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."users" DROP COLUMN "deactivated_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."users" DROP COLUMN "email_verified_at"`);
    await queryRunner.query(`ALTER TABLE "commercial"."accounts" DROP COLUMN "name"`);
    await queryRunner.query(`DROP TABLE "commercial"."ended_sessions"`);
    await queryRunner.query(`DROP TABLE "commercial"."memberships"`);
    await queryRunner.query(`DROP TABLE "commercial"."invitations"`);
    await queryRunner.query(`DROP TABLE "commercial"."one_time_tokens"`);
  }
}
