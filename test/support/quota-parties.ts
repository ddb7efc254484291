import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { QuotaService } from '../../src/quota/debits/quota.service.js';
import type { ConsumeRequest } from '../../src/quota/debits/quota-debits.js';
import type { CommercialApp } from './app.js';

export interface PlanTerms {
  code: string;
  /** In fen; 0 is a free plan, which is active at once. */
  priceFen?: number;
  billingCycle?: 'monthly' | 'yearly';
  quotas: Readonly<Record<string, { limit: number; overageCap?: number }>>;
  features?: object;
}

/** A plan of the spec's own, on sale. */
export async function addPlan(app: Pick<CommercialApp, 'sql'>, terms: PlanTerms): Promise<void> {
  const { code, priceFen = 0, billingCycle = 'monthly', quotas, features = {} } = terms;
  const id = uuid();
  await app.sql(
    `INSERT INTO commercial.subscription_plans
       (id, code, version, name, description, price_fen, currency, billing_cycle, features, status, created_at)
     VALUES ($1, $2, 1, $2, '', $3, 'CNY', $4, $5, 'active', now())`,
    [id, code, priceFen, billingCycle, JSON.stringify(features)],
  );
  for (const [quotaType, { limit, overageCap = 0 }] of Object.entries(quotas)) {
    await app.sql(
      `INSERT INTO commercial.plan_quotas (plan_id, quota_type, quota_limit, overage_cap, quota_period)
       VALUES ($1, $2, $3, $4, 'month')`,
      [id, quotaType, limit, overageCap],
    );
  }
}

/** Changes plans under the subscribers' feet, as no service can: the database refuses it otherwise. */
export async function rewritePlans(
  dataSource: DataSource,
  query: string,
  parameters: unknown[] = [],
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const tables = ['subscription_plans', 'plan_quotas'];
    for (const table of tables) await manager.query(`ALTER TABLE commercial.${table} DISABLE TRIGGER USER`);
    await manager.query(query, parameters);
    for (const table of tables) await manager.query(`ALTER TABLE commercial.${table} ENABLE TRIGGER USER`);
  });
}

/** The account that a user's own purchases belong to. */
export async function accountOf(app: CommercialApp, userId: string): Promise<string> {
  const [row] = await app.sql<{ id: string }>(
    'SELECT personal_account_id AS id FROM commercial.users WHERE id = $1',
    [userId],
  );
  return row!.id;
}

/** What a consumption by that person looks like, under a fresh id. */
export function consumption(
  accountId: string,
  userId: string,
  more: Partial<ConsumeRequest> = {},
): ConsumeRequest {
  return {
    accountId,
    userId,
    resourceType: 'dicom_processing',
    cost: 1,
    resourceId: null,
    metadata: null,
    usageId: uuid(),
    ...more,
  };
}

export function quotaOf(app: CommercialApp): QuotaService {
  return app.app.get(QuotaService, { strict: false });
}

/** Of each answer what its `read` makes of it, of each refusal its code or message. */
export async function settledAs<T, R>(
  answers: Promise<T>[],
  read: (answer: T) => R,
): Promise<(R | string)[]> {
  return (await Promise.allSettled(answers)).map((result) =>
    result.status === 'fulfilled'
      ? read(result.value)
      : String((result.reason as { code?: string }).code ?? (result.reason as Error).message),
  );
}
