import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log has events of security too, with the client's address. Both end, and nothing else does. */
export class SecurityEvents1796020000000 implements MigrationInterface {
  name = 'SecurityEvents1796020000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "commercial"."audit_log" ADD "client_address" text`);
    await queryRunner.query(`ALTER TABLE "commercial"."audit_log" ADD "user_agent" text`);
    await queryRunner.query(
      `ALTER TABLE "commercial"."audit_log" ADD "kept_until" TIMESTAMP(3) WITH TIME ZONE`,
    );
    // A statement needs the transaction's word that it is upkeep, and each row is looked at all the same.
    await queryRunner.query(`
      CREATE FUNCTION "commercial"."guard_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'TRUNCATE' OR coalesce(current_setting('commercial.audit_upkeep', true), '') <> 'on' THEN
          RAISE EXCEPTION 'The audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE FUNCTION "commercial"."guard_audit_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND OLD.kept_until IS NOT NULL THEN
          RETURN OLD;
        ELSIF TG_OP = 'UPDATE' AND NEW.client_address IS NULL AND NEW.user_agent IS NULL
          AND to_jsonb(NEW) - '{client_address,user_agent}'::text[] = to_jsonb(OLD) - '{client_address,user_agent}'::text[]
        THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'The audit log only grows: % of an entry is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await queryRunner.query(`
      CREATE OR REPLACE TRIGGER "audit_log_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "commercial"."audit_log"
      FOR EACH STATEMENT EXECUTE FUNCTION "commercial"."guard_audit_log"()`);
    await queryRunner.query(`
      CREATE TRIGGER "audit_log_upkeep" BEFORE UPDATE OR DELETE ON "commercial"."audit_log"
      FOR EACH ROW EXECUTE FUNCTION "commercial"."guard_audit_entry"()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TRIGGER "audit_log_upkeep" ON "commercial"."audit_log"`);
    await queryRunner.query(`
      CREATE OR REPLACE TRIGGER "audit_log_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "commercial"."audit_log"
      FOR EACH STATEMENT EXECUTE FUNCTION "commercial"."refuse_audit_change"()`);
    await queryRunner.query(`DROP FUNCTION "commercial"."guard_audit_entry"()`);
    await queryRunner.query(`DROP FUNCTION "commercial"."guard_audit_log"()`);
    await queryRunner.query(`ALTER TABLE "commercial"."audit_log" DROP COLUMN "kept_until"`);
    await queryRunner.query(`ALTER TABLE "commercial"."audit_log" DROP COLUMN "user_agent"`);
    await queryRunner.query(`ALTER TABLE "commercial"."audit_log" DROP COLUMN "client_address"`);
  }
}
