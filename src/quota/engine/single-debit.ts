import type { DebitAnswer, DebitRequest, Statement } from './debit-statement.js';

/** What was there before the debit. `resets` in milliseconds since 1970. */
export interface SingleDebitRow {
  used: number;
  granted: number;
  resets: number;
}

/**
 * The plain case of `quota_debit_1` for one who is alone, without the call of a function: nothing but the plan's
 * balance, and below its next threshold after the debit. It is judged again by the row as it is once it is locked.
 */
const TEXT = `
WITH debited AS (
  UPDATE commercial.quota_balances q SET used = q.used + $4::integer
  WHERE q.account_id = $2::uuid AND q.quota_type = $3::text
    AND q.valid_until > $1::timestamptz AND q.valid_from <= $1::timestamptz AND q.kind = 'plan'
    AND CASE q.alerted
          WHEN 0 THEN (q.used + $4::integer::bigint) * 100 < q.granted::bigint * 80
          WHEN 80 THEN q.used + $4::integer::bigint < q.granted
          ELSE q.used + $4::integer::bigint <= q.granted
        END
    AND NOT EXISTS (
      SELECT FROM commercial.quota_balances o
      WHERE o.account_id = $2::uuid AND o.quota_type = $3::text
        AND o.valid_until > $1::timestamptz AND o.valid_from <= $1::timestamptz AND o.id <> q.id
    )
  RETURNING q.id, q.used - $4::integer AS used, q.granted, q.valid_until
), logged AS (
  INSERT INTO commercial.usage_logs
    (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, metadata, created_at)
  SELECT $5::uuid, $2::uuid, $6::uuid, d.id, $7::text, $8::text, $4::integer, 'consumed', $9::jsonb, $1::timestamptz
  FROM debited d
)
SELECT used, granted, extract(epoch FROM valid_until)::float8 * 1000 AS resets FROM debited`;

/** @returns a row where it was debited; none, and nothing done, where it isn't the plain case. */
export function singleDebit(request: DebitRequest, now: Date): Statement {
  const { accountId, quotaType, cost, usageId, userId, resourceType, resourceId, metadata } = request;
  return {
    name: 'commercial_quota_single_debit_1',
    text: TEXT,
    values: [
      now,
      accountId,
      quotaType,
      cost,
      usageId,
      userId,
      resourceType,
      resourceId,
      metadata && JSON.stringify(metadata),
    ],
  };
}

export function singleAnswer({ used, granted, resets }: SingleDebitRow, cost: number): DebitAnswer {
  return {
    outcome: 'done',
    used: used + cost,
    limit: granted,
    remaining: granted - used - cost,
    resetsAt: new Date(resets),
    freesAt: null,
  };
}
