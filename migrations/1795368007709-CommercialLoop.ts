import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CommercialLoop1795368007709 implements MigrationInterface {
  name = 'CommercialLoop1795368007709';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE SCHEMA "commercial"`);
    await queryRunner.query(
      `CREATE TABLE "commercial"."audit_log" ("id" uuid NOT NULL, "actor_user_id" uuid, "action" text NOT NULL, "subject_type" text NOT NULL, "subject_id" text NOT NULL, "detail" jsonb NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "audit_log_subject" ON "commercial"."audit_log"  ("subject_type", "subject_id") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."accounts" ("id" uuid NOT NULL, "kind" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "accounts_kind" CHECK (kind IN ('personal', 'organization')), CONSTRAINT "accounts_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."users" ("id" uuid NOT NULL, "email" text NOT NULL, "password_hash" text NOT NULL, "display_name" text, "role" text NOT NULL, "locale" text NOT NULL, "personal_account_id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "users_email_normal" CHECK (email = lower(btrim(email))), CONSTRAINT "users_role" CHECK (role IN ('user', 'admin')), CONSTRAINT "users_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "users_personal_account_key" ON "commercial"."users"  ("personal_account_id") `,
    );
    await queryRunner.query(`CREATE UNIQUE INDEX "users_email_key" ON "commercial"."users"  ("email") `);
    await queryRunner.query(
      `CREATE TABLE "commercial"."api_keys" ("id" uuid NOT NULL, "user_id" uuid NOT NULL, "name" text NOT NULL, "prefix" text NOT NULL, "key_hash" bytea NOT NULL, "scopes" text array NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE, "last_used_at" TIMESTAMP(3) WITH TIME ZONE, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "api_keys_user" ON "commercial"."api_keys"  ("user_id", "created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "commercial"."api_keys"  ("key_hash") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."rate_limits" ("key" character varying(255) NOT NULL, "points" integer NOT NULL DEFAULT '0', "expire" bigint, CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key"))`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."sessions" ("id" uuid NOT NULL, "family_id" uuid NOT NULL, "user_id" uuid NOT NULL, "token_hash" bytea NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "rotated_at" TIMESTAMP(3) WITH TIME ZONE, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "sessions_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(`CREATE INDEX "sessions_user" ON "commercial"."sessions"  ("user_id") `);
    await queryRunner.query(`CREATE INDEX "sessions_family" ON "commercial"."sessions"  ("family_id") `);
    await queryRunner.query(
      `CREATE UNIQUE INDEX "sessions_token_hash_key" ON "commercial"."sessions"  ("token_hash") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."plan_quotas" ("plan_id" uuid NOT NULL, "quota_type" text NOT NULL, "quota_limit" integer NOT NULL, "quota_period" text NOT NULL, CONSTRAINT "plan_quotas_period" CHECK (quota_period IN ('month')), CONSTRAINT "plan_quotas_limit" CHECK (quota_limit >= 0), CONSTRAINT "plan_quotas_pkey" PRIMARY KEY ("plan_id", "quota_type"))`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."subscription_plans" ("id" uuid NOT NULL, "code" text NOT NULL, "version" integer NOT NULL, "name" text NOT NULL, "description" text NOT NULL, "price_fen" integer NOT NULL, "currency" text NOT NULL, "billing_cycle" text NOT NULL, "features" jsonb NOT NULL, "status" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "subscription_plans_status" CHECK (status IN ('active', 'archived')), CONSTRAINT "subscription_plans_cycle" CHECK (billing_cycle IN ('monthly', 'yearly')), CONSTRAINT "subscription_plans_price" CHECK (price_fen >= 0), CONSTRAINT "subscription_plans_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "subscription_plans_code_version_key" ON "commercial"."subscription_plans"  ("code", "version") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."subscriptions" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "plan_id" uuid NOT NULL, "status" text NOT NULL, "started_at" TIMESTAMP(3) WITH TIME ZONE, "current_period_start" TIMESTAMP(3) WITH TIME ZONE, "current_period_end" TIMESTAMP(3) WITH TIME ZONE, "cancel_at_period_end" boolean NOT NULL DEFAULT false, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "subscriptions_live_has_period" CHECK (status <> 'active' OR current_period_start IS NOT NULL), CONSTRAINT "subscriptions_period" CHECK (current_period_end > current_period_start), CONSTRAINT "subscriptions_status" CHECK (status IN ('pending', 'active', 'abandoned', 'replaced', 'refunded', 'expired')), CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "subscriptions_account" ON "commercial"."subscriptions"  ("account_id", "created_at") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "subscriptions_one_live_per_account" ON "commercial"."subscriptions"  ("account_id") WHERE status = 'active'`,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."payment_transactions" ("id" uuid NOT NULL, "order_id" text NOT NULL, "account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "provider" text NOT NULL, "purpose" text NOT NULL, "plan_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "amount_fen" integer NOT NULL, "currency" text NOT NULL, "status" text NOT NULL, "refunded_fen" integer NOT NULL DEFAULT '0', "provider_trade_no" text, "payment_url" text, "qr_code" text, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "paid_at" TIMESTAMP(3) WITH TIME ZONE, "closed_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "payment_transactions_refund_status" CHECK ((status = 'refunded') = (refunded_fen = amount_fen) AND (status = 'partially_refunded') = (refunded_fen > 0 AND refunded_fen < amount_fen)), CONSTRAINT "payment_transactions_paid_has_facts" CHECK (status IN ('pending', 'closed', 'failed') OR (paid_at IS NOT NULL AND provider_trade_no IS NOT NULL)), CONSTRAINT "payment_transactions_status" CHECK (status IN ('pending', 'paid', 'closed', 'failed', 'partially_refunded', 'refunded')), CONSTRAINT "payment_transactions_refunded" CHECK (refunded_fen BETWEEN 0 AND amount_fen), CONSTRAINT "payment_transactions_amount" CHECK (amount_fen > 0), CONSTRAINT "payment_transactions_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_transactions_pending" ON "commercial"."payment_transactions"  ("expires_at") WHERE status = 'pending'`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_transactions_account" ON "commercial"."payment_transactions"  ("account_id", "created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_transactions_trade_no_key" ON "commercial"."payment_transactions"  ("provider", "provider_trade_no") WHERE provider_trade_no IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_transactions_order_id_key" ON "commercial"."payment_transactions"  ("order_id") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."payment_refunds" ("id" uuid NOT NULL, "refund_no" text NOT NULL, "payment_id" uuid NOT NULL, "amount_fen" integer NOT NULL, "status" text NOT NULL, "reason" text, "origin" text NOT NULL, "requested_by" uuid, "channel_message" text, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "settled_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "payment_refunds_origin" CHECK (origin IN ('admin', 'automatic', 'channel')), CONSTRAINT "payment_refunds_status" CHECK (status IN ('pending', 'succeeded', 'failed')), CONSTRAINT "payment_refunds_amount" CHECK (amount_fen > 0), CONSTRAINT "payment_refunds_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_refunds_open" ON "commercial"."payment_refunds"  ("created_at") WHERE status = 'pending'`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_refunds_payment" ON "commercial"."payment_refunds"  ("payment_id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_refunds_refund_no_key" ON "commercial"."payment_refunds"  ("refund_no") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."payment_notifications" ("id" uuid NOT NULL, "provider" text NOT NULL, "notification_id" text NOT NULL, "order_id" text NOT NULL, "body" bytea NOT NULL, "copies" integer NOT NULL DEFAULT '1', "outcome" text, "received_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "payment_notifications_copies" CHECK (copies > 0), CONSTRAINT "payment_notifications_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "payment_notifications_order" ON "commercial"."payment_notifications"  ("order_id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "payment_notifications_id_key" ON "commercial"."payment_notifications"  ("provider", "notification_id") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."idempotency_keys" ("user_id" uuid NOT NULL, "route" text NOT NULL, "key" text NOT NULL, "request_hash" bytea NOT NULL, "operation_id" uuid NOT NULL, "lease_id" uuid, "leased_until" TIMESTAMP WITH TIME ZONE, "answer_status" integer, "answer_body" jsonb, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("user_id", "route", "key"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "idempotency_keys_created" ON "commercial"."idempotency_keys"  ("created_at") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."quota_balances" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "quota_type" text NOT NULL, "granted" integer NOT NULL, "used" integer NOT NULL DEFAULT '0', "valid_from" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "valid_until" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "quota_balances_time" CHECK (valid_until >= valid_from), CONSTRAINT "quota_balances_used" CHECK (used BETWEEN 0 AND granted), CONSTRAINT "quota_balances_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "quota_balances_live" ON "commercial"."quota_balances"  ("account_id", "quota_type", "valid_until") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "quota_balances_period_key" ON "commercial"."quota_balances"  ("subscription_id", "quota_type", "valid_from") `,
    );
    await queryRunner.query(
      `CREATE TABLE "commercial"."usage_logs" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "user_id" uuid NOT NULL, "balance_id" uuid NOT NULL, "resource_type" text NOT NULL, "resource_id" text, "cost" integer NOT NULL, "status" text NOT NULL, "metadata" jsonb, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "usage_logs_status" CHECK (status IN ('consumed', 'held', 'released')), CONSTRAINT "usage_logs_cost" CHECK (cost > 0), CONSTRAINT "usage_logs_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "usage_logs_balance" ON "commercial"."usage_logs"  ("balance_id") `,
    );
    await queryRunner.query(
      `CREATE INDEX "usage_logs_account" ON "commercial"."usage_logs"  ("account_id", "created_at", "id") `,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."users" ADD CONSTRAINT "users_personal_account_fkey" FOREIGN KEY ("personal_account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."api_keys" ADD CONSTRAINT "api_keys_user_fkey" FOREIGN KEY ("user_id") REFERENCES "commercial"."users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."sessions" ADD CONSTRAINT "sessions_user_fkey" FOREIGN KEY ("user_id") REFERENCES "commercial"."users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."plan_quotas" ADD CONSTRAINT "plan_quotas_plan_fkey" FOREIGN KEY ("plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" ADD CONSTRAINT "subscriptions_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" ADD CONSTRAINT "subscriptions_plan_fkey" FOREIGN KEY ("plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_plan_fkey" FOREIGN KEY ("plan_id") REFERENCES "commercial"."subscription_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" ADD CONSTRAINT "payment_transactions_subscription_fkey" FOREIGN KEY ("subscription_id") REFERENCES "commercial"."subscriptions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" ADD CONSTRAINT "payment_refunds_payment_fkey" FOREIGN KEY ("payment_id") REFERENCES "commercial"."payment_transactions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" ADD CONSTRAINT "quota_balances_subscription_fkey" FOREIGN KEY ("subscription_id") REFERENCES "commercial"."subscriptions"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."usage_logs" ADD CONSTRAINT "usage_logs_balance_fkey" FOREIGN KEY ("balance_id") REFERENCES "commercial"."quota_balances"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE "commercial"."usage_logs" DROP CONSTRAINT "usage_logs_balance_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_subscription_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."quota_balances" DROP CONSTRAINT "quota_balances_account_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_refunds" DROP CONSTRAINT "payment_refunds_payment_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_subscription_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_plan_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."payment_transactions" DROP CONSTRAINT "payment_transactions_account_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" DROP CONSTRAINT "subscriptions_plan_fkey"`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."subscriptions" DROP CONSTRAINT "subscriptions_account_fkey"`,
    );
    await queryRunner.query(`ALTER TABLE "commercial"."plan_quotas" DROP CONSTRAINT "plan_quotas_plan_fkey"`);
    await queryRunner.query(`ALTER TABLE "commercial"."sessions" DROP CONSTRAINT "sessions_user_fkey"`);
    await queryRunner.query(`ALTER TABLE "commercial"."api_keys" DROP CONSTRAINT "api_keys_user_fkey"`);
    await queryRunner.query(`ALTER TABLE "commercial"."users" DROP CONSTRAINT "users_personal_account_fkey"`);
    await queryRunner.query(`DROP INDEX "commercial"."usage_logs_account"`);
    await queryRunner.query(`DROP INDEX "commercial"."usage_logs_balance"`);
    await queryRunner.query(`DROP TABLE "commercial"."usage_logs"`);
    await queryRunner.query(`DROP INDEX "commercial"."quota_balances_period_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."quota_balances_live"`);
    await queryRunner.query(`DROP TABLE "commercial"."quota_balances"`);
    await queryRunner.query(`DROP INDEX "commercial"."idempotency_keys_created"`);
    await queryRunner.query(`DROP TABLE "commercial"."idempotency_keys"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_notifications_id_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_notifications_order"`);
    await queryRunner.query(`DROP TABLE "commercial"."payment_notifications"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_refunds_refund_no_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_refunds_payment"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_refunds_open"`);
    await queryRunner.query(`DROP TABLE "commercial"."payment_refunds"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_order_id_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_trade_no_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_account"`);
    await queryRunner.query(`DROP INDEX "commercial"."payment_transactions_pending"`);
    await queryRunner.query(`DROP TABLE "commercial"."payment_transactions"`);
    await queryRunner.query(`DROP INDEX "commercial"."subscriptions_one_live_per_account"`);
    await queryRunner.query(`DROP INDEX "commercial"."subscriptions_account"`);
    await queryRunner.query(`DROP TABLE "commercial"."subscriptions"`);
    await queryRunner.query(`DROP INDEX "commercial"."subscription_plans_code_version_key"`);
    await queryRunner.query(`DROP TABLE "commercial"."subscription_plans"`);
    await queryRunner.query(`DROP TABLE "commercial"."plan_quotas"`);
    await queryRunner.query(`DROP INDEX "commercial"."sessions_token_hash_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."sessions_family"`);
    await queryRunner.query(`DROP INDEX "commercial"."sessions_user"`);
    await queryRunner.query(`DROP TABLE "commercial"."sessions"`);
    await queryRunner.query(`DROP TABLE "commercial"."rate_limits"`);
    await queryRunner.query(`DROP INDEX "commercial"."api_keys_key_hash_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."api_keys_user"`);
    await queryRunner.query(`DROP TABLE "commercial"."api_keys"`);
    await queryRunner.query(`DROP INDEX "commercial"."users_email_key"`);
    await queryRunner.query(`DROP INDEX "commercial"."users_personal_account_key"`);
    await queryRunner.query(`DROP TABLE "commercial"."users"`);
    await queryRunner.query(`DROP TABLE "commercial"."accounts"`);
    await queryRunner.query(`DROP INDEX "commercial"."audit_log_subject"`);
    await queryRunner.query(`DROP TABLE "commercial"."audit_log"`);
    await queryRunner.query(`DROP SCHEMA "commercial"`);
  }
}
