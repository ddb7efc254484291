import type { DataSource } from 'typeorm';

export const ACCOUNTS = 10_000;

/** More than any run uses up, so that every contestant debits and none refuses. */
const PLENTY = 2_000_000_000;

/** Account, user, subscription and balance number n share one id. */
export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** {@link ACCOUNTS} users with an account, a subscription in force and a balance of this month each. */
export async function makeAccounts(dataSource: DataSource): Promise<void> {
  const ids = `SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id
    FROM generate_series(0, ${ACCOUNTS - 1}) AS n`;
  for (const statement of [
    `INSERT INTO commercial.accounts (id, kind, created_at) SELECT id, 'personal', now() FROM (${ids}) i`,
    `INSERT INTO commercial.users (id, email, password_hash, role, locale, personal_account_id, created_at)
     SELECT id, id || '@example.com', '', 'user', 'en', id, now() FROM (${ids}) i`,
    `INSERT INTO commercial.subscription_plans
       (id, code, version, name, description, price_fen, currency, billing_cycle, features, status, created_at)
     VALUES ('${idOf(0)}', 'bench', 1, '', '', 0, 'CNY', 'monthly', '{}', 'active', now())`,
    `INSERT INTO commercial.plan_quotas (plan_id, quota_type, quota_limit, quota_period)
     VALUES ('${idOf(0)}', 'processing_count', ${PLENTY}, 'month')`,
    `INSERT INTO commercial.subscriptions
       (id, account_id, plan_id, status, started_at, current_period_start, created_at)
     SELECT id, id, '${idOf(0)}', 'active', now() - interval '1 hour', now() - interval '1 hour', now()
     FROM (${ids}) i`,
    `INSERT INTO commercial.quota_balances
       (id, account_id, subscription_id, quota_type, granted, valid_from, valid_until)
     SELECT id, id, id, 'processing_count', ${PLENTY}, now() - interval '1 hour', now() + interval '27 days'
     FROM (${ids}) i`,
    'VACUUM ANALYZE commercial.accounts, commercial.subscriptions, commercial.quota_balances',
  ]) {
    await dataSource.query(statement);
  }
}
