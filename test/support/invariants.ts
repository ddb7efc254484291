import type { DataSource } from 'typeorm';

/** What must hold in the database at every moment: each query finds what breaks the sentence that names it. */
export const INVARIANTS: Readonly<Record<string, string>> = {
  'the usage that was not released, and what was brought along, add up to what a balance counts as used': `
    SELECT b.id, b.used, b.carried, coalesce(sum(d.amount), 0) AS logged
    FROM commercial.quota_balances b
    LEFT JOIN (
      SELECT u.balance_id, u.cost AS amount FROM commercial.usage_logs u
      WHERE u.draws IS NULL AND u.status <> 'released'
      UNION ALL
      SELECT (d ->> 'balanceId')::uuid, (d ->> 'amount')::integer
      FROM commercial.usage_logs u CROSS JOIN LATERAL jsonb_array_elements(u.draws) d WHERE u.status <> 'released'
    ) d ON d.balance_id = b.id
    GROUP BY b.id, b.used, b.carried HAVING b.used <> b.carried + coalesce(sum(d.amount), 0)`,

  'what a balance brought along is what is used of those that its month began with': `
    SELECT b.id, b.carried, coalesce(sum(f.used), 0) AS former FROM commercial.quota_balances b
    LEFT JOIN commercial.quota_balances f ON f.carried_to = b.id
    GROUP BY b.id, b.carried HAVING b.carried <> coalesce(sum(f.used), 0)`,

  'a month goes on in a balance of the same type and account, or of the one that goes on from an erased one, and nothing can be drawn where it went on from': `
    SELECT f.id FROM commercial.quota_balances f LEFT JOIN commercial.quota_balances b ON b.id = f.carried_to
    LEFT JOIN commercial.accounts a ON a.id = b.account_id
    WHERE f.carried_to IS NOT NULL AND (b.id IS NULL OR f.account_id NOT IN (a.id, coalesce(a.goes_on_from, a.id)) OR b.quota_type <> f.quota_type
      OR b.valid_from < f.valid_from OR f.valid_until <> f.valid_from)`,

  'what counts as paid for is of a plan that was left within its paid time': `
    SELECT b.id FROM commercial.quota_balances b JOIN commercial.subscriptions s ON s.id = b.subscription_id
    JOIN commercial.subscription_plans l ON l.id = s.plan_id
    WHERE b.paid_for AND (b.carried_to IS NOT NULL OR l.price_fen = 0 OR s.ended_at IS NULL
      OR b.valid_from >= s.current_period_end)`,

  'no plan begins with nothing used within the month of the plan before, unless it was bought in full': `
    SELECT f.id, b.id FROM commercial.quota_balances b
    JOIN commercial.subscriptions s ON s.id = b.subscription_id AND s.started_at = b.valid_from
    JOIN commercial.quota_balances f ON f.account_id = b.account_id AND f.quota_type = b.quota_type
      AND f.subscription_id <> b.subscription_id AND f.carried_to IS NULL AND f.valid_from <= b.valid_from
      AND (f.valid_from AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' > b.valid_from
    JOIN commercial.subscriptions e ON e.id = f.subscription_id AND e.started_at < s.started_at
      AND (e.trial_ends_at IS NULL OR e.trial_ends_at <= f.valid_from)
    JOIN commercial.subscription_plans l ON l.id = e.plan_id
    JOIN commercial.subscription_plans begun ON begun.id = s.plan_id
    WHERE NOT (e.status = 'canceled' AND e.ended_at < coalesce(e.current_period_end, e.ended_at))
      AND NOT f.paid_for
      -- A free plan's units stay behind where a plan is bought in full, and wait there for its refund.
      AND NOT (l.price_fen = 0 AND EXISTS (
        SELECT FROM commercial.subscriptions x
        JOIN commercial.orders o ON o.subscription_id = x.id AND o.purpose IN ('subscription', 'renewal')
        WHERE x.account_id = f.account_id AND x.started_at > e.started_at AND x.started_at <= s.started_at
          AND (x.status <> 'refunded' OR begun.price_fen > 0)))
      -- Canceled first, and refunded by somebody's decision after that.
      AND NOT (e.status = 'refunded' AND e.ended_at < e.current_period_end AND NOT EXISTS (
        SELECT FROM commercial.payment_refunds r JOIN commercial.orders p ON p.id = r.payment_id
        WHERE p.subscription_id = e.id AND r.created_at <= e.ended_at)
        AND EXISTS (SELECT FROM commercial.orders p WHERE p.subscription_id = e.id AND p.refunded_fen > 0))
      AND NOT EXISTS (SELECT FROM commercial.quota_balances p
        WHERE p.carried_to = f.id AND p.subscription_id = f.subscription_id)`,

  'what a usage drew on several balances adds up to its cost': `
    SELECT u.id FROM commercial.usage_logs u CROSS JOIN LATERAL jsonb_array_elements(u.draws) d
    GROUP BY u.id, u.cost HAVING u.cost <> sum((d ->> 'amount')::integer) OR count(*) < 2`,

  'no balance is used beyond what it grants and allows': `
    SELECT id, used, granted FROM commercial.quota_balances
    WHERE carried < 0 OR used < carried OR used > greatest(granted::bigint + overage_cap, carried)`,

  'what an API key has used of its cap is the usage that was not released, and within the cap': `
    SELECT a.key_id, a.used, k.quota_cap, coalesce(sum(u.cost), 0) AS logged
    FROM commercial.api_key_usage a JOIN commercial.api_keys k ON k.id = a.key_id
    LEFT JOIN commercial.api_key_debits d ON d.key_id = a.key_id AND d.period_start = a.period_start
    LEFT JOIN commercial.usage_logs u ON u.id = d.usage_id AND u.status <> 'released'
    GROUP BY a.key_id, a.period_start, k.id
    HAVING a.used > k.quota_cap OR a.used < coalesce(sum(u.cost), 0)
      OR (count(d.usage_id) > 0 AND a.used <> coalesce(sum(u.cost), 0))`,

  'a hold is open where its usage is held, and only there': `
    SELECT coalesce(h.id, u.id), h.status, u.status
    FROM commercial.quota_holds h FULL JOIN commercial.usage_logs u ON u.id = h.id
    WHERE (h.status = 'open') IS DISTINCT FROM (u.status = 'held') AND (h.status = 'open' OR u.status = 'held')`,

  'a balance that reached a threshold has said so, once': `
    SELECT b.id, b.alerted, array_agg(e.percent) FROM commercial.quota_balances b
    LEFT JOIN commercial.quota_events e ON e.balance_id = b.id
    GROUP BY b.id HAVING b.alerted <> coalesce(max(e.percent), 0)`,

  'usage is charged to the account that owns the balance': `
    SELECT u.id FROM commercial.usage_logs u JOIN commercial.quota_balances b ON b.id = u.balance_id
    WHERE b.account_id <> u.account_id`,

  'an account has one live subscription at most': `
    SELECT account_id FROM commercial.subscriptions WHERE status = 'active'
    GROUP BY account_id HAVING count(*) > 1`,

  'a subscription has one balance of a type at any moment': `
    SELECT a.id, b.id FROM commercial.quota_balances a
    JOIN commercial.quota_balances b ON b.subscription_id = a.subscription_id AND b.quota_type = a.quota_type
      AND b.id > a.id AND tstzrange(a.valid_from, a.valid_until) && tstzrange(b.valid_from, b.valid_until)`,

  'a subscription that ended has no balance that goes on': `
    SELECT b.id FROM commercial.quota_balances b JOIN commercial.subscriptions s ON s.id = b.subscription_id
    WHERE s.ended_at IS NOT NULL AND b.valid_until > greatest(s.ended_at, b.valid_from)`,

  'each paid order that was honoured granted its quota once': `
    SELECT p.order_id, q.quota_type, count(b.id)
    FROM commercial.orders p
    JOIN commercial.subscriptions s ON s.id = p.subscription_id AND s.started_at IS NOT NULL
    JOIN commercial.plan_quotas q ON q.plan_id = s.plan_id
    LEFT JOIN commercial.quota_balances b
      ON b.subscription_id = s.id AND b.quota_type = q.quota_type AND b.valid_from = s.started_at
    WHERE p.paid_at IS NOT NULL
    GROUP BY p.order_id, q.quota_type HAVING count(b.id) <> 1`,

  'quota of a paid plan lies within what its periods give, and the grace': `
    SELECT b.id FROM commercial.quota_balances b
    JOIN commercial.subscriptions s ON s.id = b.subscription_id
    JOIN commercial.subscription_plans l ON l.id = s.plan_id AND l.price_fen > 0
    WHERE NOT EXISTS (SELECT FROM commercial.subscription_periods d WHERE d.subscription_id = s.id)
      OR (s.status = 'active' AND b.valid_until > s.in_force_until)`,

  'what is live and costs money is paid to the end of its standing periods': `
    SELECT s.id, s.current_period_end, max(d.ends_at) FROM commercial.subscriptions s
    JOIN commercial.subscription_plans l ON l.id = s.plan_id AND l.price_fen > 0
    LEFT JOIN commercial.subscription_periods d ON d.subscription_id = s.id AND d.ended_at IS NULL
    WHERE s.status = 'active'
    GROUP BY s.id, s.current_period_end HAVING max(d.ends_at) IS DISTINCT FROM s.current_period_end`,

  'the periods of a subscription follow each other without gap or overlap, from its start on': `
    SELECT id FROM (
      SELECT d.id, d.starts_at, s.started_at,
             lag(coalesce(d.ended_at, d.ends_at)) OVER (PARTITION BY d.subscription_id ORDER BY d.starts_at, d.ends_at) AS before
      FROM commercial.subscription_periods d JOIN commercial.subscriptions s ON s.id = d.subscription_id
      WHERE d.ended_at IS DISTINCT FROM d.starts_at
    ) p WHERE starts_at <> coalesce(before, started_at)`,

  'money, carried credit and account credit add up to what each period was bought for': `
    SELECT d.id, d.worth_fen FROM commercial.subscription_periods d
    LEFT JOIN commercial.orders p ON p.id = d.payment_id
    WHERE d.worth_fen <> coalesce(p.amount_fen, 0)
      + (SELECT coalesce(sum(c.carried_fen), 0) FROM commercial.subscription_periods c WHERE c.carried_to = d.id)
      - (SELECT coalesce(sum(a.amount_fen), 0) FROM commercial.account_credits a WHERE a.period_id = d.id)`,

  'no account uses more credit than it has': `
    SELECT account_id FROM commercial.account_credits GROUP BY account_id HAVING sum(amount_fen) < 0`,

  'no account has paid for the same time twice': `
    SELECT a.id, b.id FROM commercial.subscription_periods a
    JOIN commercial.subscriptions sa ON sa.id = a.subscription_id
    JOIN commercial.subscriptions sb ON sb.account_id = sa.account_id
    JOIN commercial.subscription_periods b ON b.subscription_id = sb.id AND b.id > a.id
    WHERE tstzrange(a.starts_at, coalesce(a.ended_at, a.ends_at)) && tstzrange(b.starts_at, coalesce(b.ended_at, b.ends_at))`,

  'an agreement has charged a period once, or the other money goes back': `
    SELECT t.from_subscription_id, t.period_start, count(*) FROM commercial.order_terms t
    JOIN commercial.orders p ON p.id = t.payment_id AND p.paid_at IS NOT NULL
    WHERE t.period_start IS NOT NULL AND p.amount_fen > (
      SELECT coalesce(sum(r.amount_fen), 0) FROM commercial.payment_refunds r
      WHERE r.payment_id = p.id AND r.status IN ('pending', 'succeeded'))
    GROUP BY t.from_subscription_id, t.period_start HAVING count(*) > 1`,

  'each paid order for a plan gave one period, or its money goes back': `
    SELECT p.order_id, p.status FROM commercial.orders p
    WHERE p.paid_at IS NOT NULL AND p.purpose <> 'topup'
      AND NOT EXISTS (SELECT FROM commercial.subscription_periods d WHERE d.payment_id = p.id)
      AND p.amount_fen > (
        SELECT coalesce(sum(r.amount_fen), 0) FROM commercial.payment_refunds r
        WHERE r.payment_id = p.id AND r.status IN ('pending', 'succeeded'))`,

  'each paid order is honoured, or its money goes back': `
    SELECT p.order_id, p.status, s.status FROM commercial.orders p
    JOIN commercial.subscriptions s ON s.id = p.subscription_id
    WHERE p.paid_at IS NOT NULL AND s.started_at IS NULL AND p.amount_fen > (
      SELECT coalesce(sum(r.amount_fen), 0) FROM commercial.payment_refunds r
      WHERE r.payment_id = p.id AND r.status IN ('pending', 'succeeded'))`,

  'a coupon counts the orders that have it, and they are as many as it allows at most': `
    SELECT c.code, c.redeemed, count(r.id) FROM commercial.coupons c
    LEFT JOIN commercial.coupon_redemptions r ON r.coupon_id = c.id AND r.status IN ('reserved', 'redeemed')
    GROUP BY c.id HAVING c.redeemed <> count(r.id) OR count(r.id) > c.max_redemptions`,

  'an order with a coupon costs the price less the discount, which money and credit meet, and the coupon stands as the order does': `
    SELECT p.order_id, p.status, r.status FROM commercial.coupon_redemptions r
    LEFT JOIN commercial.orders p ON p.id = r.payment_id
    LEFT JOIN commercial.order_terms o ON o.payment_id = p.id
    WHERE r.payment_id IS NOT NULL
      AND (p.id IS NULL
        OR p.amount_fen + coalesce(o.credit_fen + o.account_credit_fen, 0) <> r.price_fen - r.discount_fen
        OR (p.status = 'pending' AND r.status NOT IN ('reserved', 'passed_on'))
        OR (p.status = 'closed' AND r.status NOT IN ('reserved', 'passed_on', 'released'))
        OR (p.status = 'failed' AND r.status <> 'released')
        OR (p.paid_at IS NOT NULL AND r.status NOT IN ('redeemed', 'honoured', 'released')))`,

  'of the orders that a user made with one coupon the money of one is kept': `
    SELECT r.coupon_id, r.user_id FROM commercial.coupon_redemptions r
    LEFT JOIN commercial.orders p ON p.id = r.payment_id
    WHERE r.status IN ('redeemed', 'honoured') OR (p.paid_at IS NOT NULL AND p.amount_fen > (
      SELECT coalesce(sum(f.amount_fen), 0) FROM commercial.payment_refunds f
      WHERE f.payment_id = p.id AND f.status IN ('pending', 'succeeded')))
    GROUP BY 1, 2 HAVING count(*) > 1`,

  'a trial was had once by its user and its account, for its time, and is worth nothing': `
    SELECT s.id, t.user_id FROM commercial.trials t FULL JOIN commercial.subscriptions s ON s.id = t.subscription_id
    LEFT JOIN commercial.subscription_periods d
      ON d.subscription_id = s.id AND d.starts_at = s.started_at AND d.ends_at = s.trial_ends_at
      AND d.payment_id IS NULL AND d.worth_fen = 0
    WHERE (s.trial_ends_at IS NOT NULL OR t.user_id IS NOT NULL)
      AND (t.ends_at IS DISTINCT FROM s.trial_ends_at OR t.account_id <> s.account_id OR d.id IS NULL)`,

  'a trial that nobody paid for has no grace': `
    SELECT id FROM commercial.subscriptions
    WHERE trial_ends_at = current_period_end AND in_force_until <> trial_ends_at`,

  'each paid top-up granted its quota once, and no other did': `
    SELECT p.order_id, t.id, b.granted FROM commercial.orders p
    FULL JOIN commercial.topups t ON t.id = p.id
    LEFT JOIN commercial.quota_balances b
      ON b.id = t.id AND b.kind = 'topup' AND b.account_id = p.account_id AND b.quota_type = t.quota_type
      AND b.granted = t.amount AND b.valid_from = t.granted_at
    WHERE (p.purpose = 'topup' OR t.id IS NOT NULL)
      AND (t.id IS NULL OR p.id IS NULL
        OR (p.paid_at IS NULL AND t.granted_at IS NOT NULL)
        OR (p.paid_at IS NOT NULL AND t.granted_at IS NULL AND NOT EXISTS (
          SELECT FROM commercial.payment_refunds r
          WHERE r.payment_id = p.id AND r.origin = 'automatic' AND r.status IN ('pending', 'succeeded')))
        OR (t.granted_at IS NOT NULL) <> (b.id IS NOT NULL)
        OR b.valid_until <> least(t.valid_until, t.taken_back_at))`,

  'what of a top-up was refunded in full can be used no more': `
    SELECT p.order_id FROM commercial.orders p JOIN commercial.topups t ON t.id = p.id
    WHERE p.status = 'refunded' AND t.granted_at IS NOT NULL AND t.taken_back_at IS NULL`,

  'a payment is paid where its facts are there, and only there': `
    SELECT order_id, status FROM commercial.orders
    WHERE (status IN ('paid', 'partially_refunded', 'refunded'))
      <> (paid_at IS NOT NULL AND provider_trade_no IS NOT NULL)
      OR (paid_at IS NULL) <> (provider_trade_no IS NULL)`,

  'the refunds that succeeded add up to what counts as refunded': `
    SELECT p.order_id, p.refunded_fen, coalesce(sum(r.amount_fen), 0) AS refunds
    FROM commercial.orders p
    LEFT JOIN commercial.payment_refunds r ON r.payment_id = p.id AND r.status = 'succeeded'
    GROUP BY p.id, p.order_id, p.refunded_fen HAVING p.refunded_fen <> coalesce(sum(r.amount_fen), 0)`,

  'the refunds without an outcome add up to what counts as on its way back': `
    SELECT p.order_id, p.refund_pending_fen, coalesce(sum(r.amount_fen), 0) AS refunds
    FROM commercial.orders p
    LEFT JOIN commercial.payment_refunds r ON r.payment_id = p.id AND r.status = 'pending'
    GROUP BY p.id, p.order_id, p.refund_pending_fen HAVING p.refund_pending_fen <> coalesce(sum(r.amount_fen), 0)`,

  'a refund is asked about where it has no outcome, and asked for again only where it was refused': `
    SELECT r.id, r.status, r.origin, r.check_at FROM commercial.payment_refunds r
    WHERE (r.status = 'pending' AND r.check_at IS NULL) OR (r.status = 'succeeded' AND r.check_at IS NOT NULL)`,

  'no more is refunded or being refunded than was paid': `
    SELECT p.order_id FROM commercial.orders p
    JOIN commercial.payment_refunds r ON r.payment_id = p.id AND r.status IN ('pending', 'succeeded')
    GROUP BY p.id, p.order_id, p.amount_fen, p.paid_at HAVING sum(r.amount_fen) > p.amount_fen OR p.paid_at IS NULL`,

  'what was refunded in full gives no time that is still to come': `
    SELECT p.order_id FROM commercial.orders p
    JOIN commercial.subscription_periods d ON d.payment_id = p.id AND d.ended_at IS NULL
    JOIN commercial.payment_refunds r ON r.payment_id = p.id AND r.status = 'succeeded'
    WHERE p.status = 'refunded'
    GROUP BY p.id, p.order_id, d.id, d.ends_at HAVING d.ends_at > max(r.settled_at)`,

  'each payment was entered as paid once': `
    SELECT p.order_id FROM commercial.orders p
    LEFT JOIN commercial.audit_log a ON a.subject_id = p.order_id AND a.action = 'payment.paid'
    GROUP BY p.id, p.order_id, p.paid_at HAVING count(a.id) <> (CASE WHEN p.paid_at IS NULL THEN 0 ELSE 1 END)`,

  'a key that has its answer is leased to nobody': `
    SELECT key FROM commercial.idempotency_keys WHERE answer_status IS NOT NULL AND leased_until IS NOT NULL`,
};

/** Fails with the sentences that don't hold, and the rows that break them. */
export async function expectInvariants(dataSource: Pick<DataSource, 'query'>): Promise<void> {
  const broken: Record<string, unknown[]> = {};
  for (const [sentence, query] of Object.entries(INVARIANTS)) {
    const rows: unknown[] = await dataSource.query(query);
    if (rows.length > 0) broken[sentence] = rows;
  }
  expect(broken).toEqual({});
}
