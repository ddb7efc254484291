import type { EntityManager } from 'typeorm';
import type { QuotaState } from './quota-state.js';

/** What an account has of a quota type, and how much fits now, overage included. */
export interface LiveState extends QuotaState {
  fits: number;
}

/** Sums are beyond an integer's range in the end; as float8 they arrive as numbers, exact up to 2^53. */
const LIVE_STATES = `
SELECT quota_type AS "quotaType", sum(used)::float8 AS used, sum(granted)::float8 AS "limit",
       sum(greatest(granted - used, 0))::float8 AS remaining,
       sum(greatest(used - granted, 0))::float8 AS overage,
       sum(greatest(granted - used, 0)::bigint
         + greatest(overage_cap - greatest(used - granted, 0), 0))::float8 AS fits,
       coalesce(min(valid_until) FILTER (WHERE kind = 'plan'), min(valid_until)) AS "resetsAt"
FROM commercial.quota_balances
WHERE account_id = $1::uuid AND valid_from <= $2::timestamptz AND valid_until > $2::timestamptz
GROUP BY quota_type ORDER BY quota_type`;

/** By quota type, over all balances that are valid now. */
export function liveStates(manager: EntityManager, accountId: string, now: Date): Promise<LiveState[]> {
  return manager.query(LIVE_STATES, [accountId, now]);
}
