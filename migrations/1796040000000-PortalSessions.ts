import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that open the portal without a password, and the sessions behind them. */
export class PortalSessions1796040000000 implements MigrationInterface {
  name = 'PortalSessions1796040000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."portal_sessions" ("id" uuid NOT NULL, "user_id" uuid NOT NULL, "account_id" uuid NOT NULL, "flow" text NOT NULL, "return_url" text, "link_hash" bytea NOT NULL, "token_hash" bytea, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "opened_at" TIMESTAMP(3) WITH TIME ZONE, "ended_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "portal_sessions_opened" CHECK ((opened_at IS NULL) = (token_hash IS NULL)), CONSTRAINT "portal_sessions_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "portal_sessions_user" ON "commercial"."portal_sessions"  ("user_id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "portal_sessions_token_hash_key" ON "commercial"."portal_sessions"  ("token_hash") WHERE token_hash IS NOT NULL`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "portal_sessions_link_hash_key" ON "commercial"."portal_sessions"  ("link_hash") `,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."portal_sessions" ADD CONSTRAINT "portal_sessions_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "commercial"."portal_sessions"`);
  }
}
