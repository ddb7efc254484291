import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exceptions for one account from what its plan promises; `max_concurrent` is one that debits go by. */
export class EntitlementOverrides1796005200000 implements MigrationInterface {
  name = 'EntitlementOverrides1796005200000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "commercial"."entitlement_overrides" ("id" uuid NOT NULL, "account_id" uuid NOT NULL, "feature" text NOT NULL, "value" jsonb NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "reason" text NOT NULL, "created_by" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "entitlement_overrides_value" CHECK (jsonb_typeof(value) IN ('boolean', 'number', 'string')), CONSTRAINT "entitlement_overrides_pkey" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(
      `CREATE INDEX "entitlement_overrides_due" ON "commercial"."entitlement_overrides"  ("ends_at") WHERE ended_at IS NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX "entitlement_overrides_created" ON "commercial"."entitlement_overrides"  ("created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE INDEX "entitlement_overrides_account" ON "commercial"."entitlement_overrides"  ("account_id", "created_at", "id") `,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "entitlement_overrides_live_key" ON "commercial"."entitlement_overrides"  ("account_id", "feature") WHERE ended_at IS NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE "commercial"."entitlement_overrides" ADD CONSTRAINT "entitlement_overrides_account_fkey" FOREIGN KEY ("account_id") REFERENCES "commercial"."accounts"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await queryRunner.query(debitsWith(PLANS_WORD, OVERRIDDEN));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(debitsWith(OVERRIDDEN, PLANS_WORD));
    await queryRunner.query(`DROP TABLE "commercial"."entitlement_overrides"`);
  }
}

/** How many holds an account may have open at once: what was said of the account itself, or else what its plan says. */
const PLANS_WORD = ['SELECT a.n, h.open, h.free, (', ') AS most'] as const;
const OVERRIDDEN = [
  `SELECT a.n, h.open, h.free, coalesce((
        SELECT CASE WHEN jsonb_typeof(o.value) = ''number''
                    THEN greatest(least((o.value #>> ''{}'')::numeric, 1000000), 0)::integer END
        FROM commercial.entitlement_overrides o
        WHERE o.account_id = a.account_id AND o.feature = ''max_concurrent''
          AND o.ended_at IS NULL AND o.ends_at > p_now
      ), (`,
  ')) AS most',
] as const;

function debitsWith(from: readonly [string, string], to: readonly [string, string]): string {
  return `DO $do$
  DECLARE source text := pg_get_functiondef('commercial.quota_debit_2'::regproc);
  BEGIN
    IF position('${from[0]}' IN source) = 0 OR position('${from[1]}' IN source) = 0 THEN
      RAISE 'quota_debit_2 has another form';
    END IF;
    EXECUTE replace(replace(source, '${from[0]}', '${to[0]}'), '${from[1]}', '${to[1]}');
  END $do$`;
}
