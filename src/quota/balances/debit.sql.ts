/**
 * The hot path: one statement, one round trip, debit and record together or not at all.
 *
 * The guarded UPDATE re-reads the row under its lock, so two callers can't both take the last unit; there is no moment
 * between looking and taking. Parameters: account, quota type, now, cost, usage id, user, resource type, resource id,
 * metadata.
 */
export const DEBIT = `
WITH debited AS (
  UPDATE commercial.quota_balances
  SET used = used + $4::integer
  WHERE id = (
      SELECT id FROM commercial.quota_balances
      WHERE account_id = $1::uuid AND quota_type = $2::text
        AND valid_from <= $3::timestamptz AND valid_until > $3::timestamptz
      ORDER BY valid_until, id
      LIMIT 1
    )
    AND used + $4::integer <= granted
    AND valid_until > $3::timestamptz
  RETURNING id, used, granted, valid_until
), logged AS (
  INSERT INTO commercial.usage_logs
    (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, metadata, created_at)
  SELECT $5::uuid, $1::uuid, $6::uuid, debited.id, $7::text, $8::text, $4::integer, 'consumed', $9::jsonb, $3::timestamptz
  FROM debited
)
SELECT used, granted, valid_until FROM debited`;

/** Gives a debit back, once: only the call that moves the status moves the balance. Parameters: usage id, account. */
export const GIVE_BACK = `
WITH released AS (
  UPDATE commercial.usage_logs SET status = 'released'
  WHERE id = $1::uuid AND account_id = $2::uuid AND status = 'consumed'
  RETURNING balance_id, cost
)
UPDATE commercial.quota_balances AS balance SET used = balance.used - released.cost
FROM released WHERE balance.id = released.balance_id
RETURNING balance.id`;

/** What an account has now. Parameters: account, now. */
export const LIVE_BALANCES = `
SELECT quota_type, used, granted, valid_until FROM commercial.quota_balances
WHERE account_id = $1::uuid AND valid_from <= $2::timestamptz AND valid_until > $2::timestamptz
ORDER BY quota_type, valid_until`;
