import type { BenchOrder } from './settle-orders.js';

interface Statement {
  text: string;
  values(order: BenchOrder, id: string, now: Date): unknown[];
}

/**
 * What a settlement can't do without, written by hand: the notification kept, payment and account locked, the old
 * subscription replaced and its quota ended, the new one in force with its quota, the history. It is told every id.
 */
export const SETTLE_BY_HAND: Readonly<Record<string, Statement>> = {
  notification: {
    text: `INSERT INTO commercial.payment_notifications
             (id, provider, notification_id, order_id, body, outcome, received_at)
           VALUES ($1::uuid, 'alipay', $1::uuid::text, $2, $3, 'settled', $4)`,
    values: ({ orderId }, id, now) => [id, orderId, Buffer.alloc(900), now],
  },
  payment_lock: {
    text: `SELECT * FROM commercial.orders WHERE order_id = $1 FOR UPDATE`,
    values: ({ orderId }) => [orderId],
  },
  payment: {
    text: `UPDATE commercial.orders
           SET status = 'paid', provider_trade_no = $2, paid_at = $3, check_at = NULL WHERE id = $1`,
    values: ({ paymentId, tradeNo }, _id, now) => [paymentId, tradeNo, now],
  },
  account_lock: {
    text: `SELECT * FROM commercial.accounts WHERE id = $1 FOR UPDATE`,
    values: ({ accountId }) => [accountId],
  },
  replaced: {
    text: `UPDATE commercial.subscriptions SET status = 'replaced', ended_at = $2
           WHERE account_id = $1 AND status = 'active'`,
    values: ({ accountId }, _id, now) => [accountId, now],
  },
  balances_ended: {
    text: `UPDATE commercial.quota_balances SET valid_until = $2 WHERE subscription_id = $1 AND valid_until > $2`,
    values: ({ accountId }, _id, now) => [accountId, now],
  },
  subscription: {
    text: `UPDATE commercial.subscriptions SET status = 'active', started_at = $2, current_period_start = $2,
             current_period_end = $2::timestamptz + interval '1 month' WHERE id = $1`,
    values: ({ subscriptionId }, _id, now) => [subscriptionId, now],
  },
  balance: {
    text: `INSERT INTO commercial.quota_balances
             (id, account_id, kind, subscription_id, quota_type, granted, valid_from, valid_until, created_at)
           VALUES ($1, $2, 'plan', $3, 'processing_count', 100, $4, $4::timestamptz + interval '1 month', $4)`,
    values: ({ accountId, subscriptionId }, id, now) => [id, accountId, subscriptionId, now],
  },
  history: {
    text: `INSERT INTO commercial.audit_log (id, action, subject_type, subject_id, detail, created_at)
           VALUES ($1, 'payment.paid', 'payment', $2, '{}', $3)`,
    values: ({ orderId }, id, now) => [id, orderId, now],
  },
};
