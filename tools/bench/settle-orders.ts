import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { ACCOUNTS, idOf } from './accounts.js';

export const PRICE_FEN = 9_900;

/** What settling one order needs to know of it. */
export interface BenchOrder {
  orderId: string;
  paymentId: string;
  subscriptionId: string;
  accountId: string;
  tradeNo: string;
}

/** Any number that no account, user or subscription of the bench has. */
const PLAN_ID = idOf(0xffff_ffff);

/** Pending orders for a paid plan, each of an account that has bought nothing yet. */
export class BenchOrders {
  private used = 0;

  private constructor(private readonly dataSource: DataSource) {}

  static async create(dataSource: DataSource): Promise<BenchOrders> {
    await dataSource.query(
      `INSERT INTO commercial.subscription_plans
         (id, code, version, name, description, price_fen, currency, billing_cycle, features, status, created_at)
       VALUES ('${PLAN_ID}', 'bench-paid', 1, '', '', ${PRICE_FEN}, 'CNY', 'monthly', '{}', 'active', now())`,
    );
    await dataSource.query(
      `INSERT INTO commercial.plan_quotas (plan_id, quota_type, quota_limit, quota_period)
       VALUES ('${PLAN_ID}', 'processing_count', 100, 'month')`,
    );
    return new BenchOrders(dataSource);
  }

  /** @throws RangeError where the accounts are used up */
  async take(provider: string, count: number): Promise<BenchOrder[]> {
    if (this.used + count > ACCOUNTS) throw new RangeError('every account of the bench has bought already');
    const orders = Array.from({ length: count }, (_, n) => newOrder(idOf(this.used + n)));
    this.used += count;
    await this.dataSource.query(
      `INSERT INTO commercial.subscriptions (id, account_id, plan_id, status, created_at)
       SELECT id, account, '${PLAN_ID}', 'pending', now() FROM unnest($1::uuid[], $2::uuid[]) AS o (id, account)`,
      [orders.map((order) => order.subscriptionId), orders.map((order) => order.accountId)],
    );
    await this.dataSource.query(
      `INSERT INTO commercial.orders
         (id, order_id, account_id, user_id, provider, purpose, plan_id, subscription_id, amount_fen, currency,
          subject, status, check_at, expires_at, created_at)
       SELECT payment, number, account, account, $5, 'subscription', '${PLAN_ID}', subscription, ${PRICE_FEN}, 'CNY',
         'bench', 'pending', now() + interval '1 hour', now() + interval '1 hour', now()
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) AS o (payment, number, account, subscription)`,
      [
        orders.map((order) => order.paymentId),
        orders.map((order) => order.orderId),
        orders.map((order) => order.accountId),
        orders.map((order) => order.subscriptionId),
        provider,
      ],
    );
    return orders;
  }
}

function newOrder(accountId: string): BenchOrder {
  return {
    orderId: randomUUID().replaceAll('-', ''),
    paymentId: randomUUID(),
    subscriptionId: randomUUID(),
    accountId,
    tradeNo: randomUUID().replaceAll('-', ''),
  };
}
