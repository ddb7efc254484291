import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Commits and releases holds and gives consumed quota back, for a batch of callers. src/quota/engine/settle-statement.ts
 * calls it, and says what goes in and comes out. As with the debit, a later form gets another name.
 */
export class QuotaSettleFunction1795372489554 implements MigrationInterface {
  name = 'QuotaSettleFunction1795372489554';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(SETTLE);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION "commercial"."quota_settle_1"');
  }
}

const SETTLE = `
CREATE FUNCTION "commercial"."quota_settle_1"(
  p_now timestamptz,
  p_ids uuid[], p_accounts uuid[], p_held boolean[], p_costs integer[],
  OUT outcomes json
)
LANGUAGE plpgsql
-- Plans made for a first caller would be made again for each of the others.
SET plan_cache_mode = force_generic_plan
AS $function$
DECLARE
  n integer := cardinality(p_ids);
  u integer; h integer; wanted integer; part integer; more integer; draws jsonb; balance uuid;
  h_at integer[]; h_status text[]; h_expires timestamptz[];
  u_at integer[]; u_status text[]; u_cost integer[]; u_balance uuid[]; u_draws jsonb[];
  o_outcome integer[] := array_fill(0, ARRAY[n]);
  n_status text[] := array_fill(NULL::text, ARRAY[n]);
  n_hold text[] := n_status;
  n_cost integer[] := array_fill(NULL::integer, ARRAY[n]);
  n_draws jsonb[] := array_fill(NULL::jsonb, ARRAY[n]);
  d_balance uuid[]; d_amount integer[];
BEGIN
  -- Holds, then usages, then balances: each in one order, that of the ids as the caller sorted them.
  SELECT array_agg(s.n), array_agg(s.status), array_agg(s.expires_at) INTO h_at, h_status, h_expires
  FROM (
    SELECT h.*, r.n::integer AS n
    FROM unnest(p_ids, p_accounts, p_held) WITH ORDINALITY AS r (id, account_id, held, n)
    CROSS JOIN LATERAL (
      SELECT q.status, q.expires_at FROM commercial.quota_holds q
      WHERE r.held AND q.id = r.id AND q.account_id = r.account_id
      FOR NO KEY UPDATE
    ) h
  ) s;
  SELECT array_agg(s.n), array_agg(s.status), array_agg(s.cost), array_agg(s.balance_id), array_agg(s.draws)
  INTO u_at, u_status, u_cost, u_balance, u_draws
  FROM (
    SELECT l.*, r.n::integer AS n
    FROM unnest(p_ids, p_accounts) WITH ORDINALITY AS r (id, account_id, n)
    CROSS JOIN LATERAL (
      SELECT q.status, q.cost, q.balance_id, q.draws FROM commercial.usage_logs q
      WHERE q.id = r.id AND q.account_id = r.account_id
      FOR NO KEY UPDATE
    ) l
  ) s;

  FOR i IN 1 .. n LOOP
    u := array_position(u_at, i);
    CONTINUE WHEN u IS NULL;
    wanted := coalesce(p_costs[i], u_cost[u]);
    IF p_held[i] THEN
      h := array_position(h_at, i);
      CONTINUE WHEN h IS NULL;
      IF h_status[h] <> 'open' THEN
        o_outcome[i] := CASE
          WHEN h_status[h] = CASE WHEN wanted > 0 THEN 'committed' ELSE 'released' END THEN 2
          WHEN h_status[h] = 'expired' THEN CASE WHEN wanted > 0 THEN 4 ELSE 2 END
          ELSE 5 END;
        CONTINUE;
      END IF;
      IF wanted > u_cost[u] THEN
        o_outcome[i] := 6;
        CONTINUE;
      END IF;
      o_outcome[i] := 1;
      n_hold[i] := CASE WHEN wanted > 0 THEN 'committed' ELSE 'released' END;
      IF h_expires[h] <= p_now THEN
        n_hold[i] := 'expired';
        IF wanted > 0 THEN o_outcome[i] := 4; END IF;
        wanted := 0;
      END IF;
    ELSE
      IF u_status[u] <> 'consumed' THEN
        o_outcome[i] := CASE u_status[u] WHEN 'released' THEN 2 ELSE 5 END;
        CONTINUE;
      END IF;
      o_outcome[i] := 1;
    END IF;

    -- What was drawn last goes back first.
    draws := coalesce(u_draws[u], jsonb_build_array(jsonb_build_object('balanceId', u_balance[u], 'amount', u_cost[u])));
    more := u_cost[u] - wanted;
    FOR d IN REVERSE jsonb_array_length(draws) - 1 .. 0 LOOP
      EXIT WHEN more = 0;
      balance := draws -> d ->> 'balanceId';
      part := least(more, (draws -> d ->> 'amount')::integer);
      more := more - part;
      d_balance := d_balance || balance;
      d_amount := d_amount || part;
      IF wanted > 0 AND part = (draws -> d ->> 'amount')::integer THEN
        draws := draws - d;
      ELSIF wanted > 0 THEN
        draws := jsonb_set(draws, ARRAY[d::text, 'amount'], to_jsonb((draws -> d ->> 'amount')::integer - part));
      END IF;
    END LOOP;
    -- A released usage keeps its cost and draws, for whoever asks what came back.
    n_status[i] := CASE WHEN wanted > 0 THEN 'consumed' ELSE 'released' END;
    n_cost[i] := CASE WHEN wanted > 0 THEN wanted ELSE u_cost[u] END;
    n_draws[i] := CASE WHEN jsonb_array_length(draws) > 1 THEN draws END;
  END LOOP;

  PERFORM FROM commercial.quota_balances q WHERE q.id = ANY (d_balance)
  ORDER BY q.account_id, q.quota_type COLLATE "C", q.valid_until, q.created_at, q.id
  FOR NO KEY UPDATE;
  UPDATE commercial.quota_balances q SET used = q.used - t.amount
  FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(d_balance, d_amount) AS x (id, amount) GROUP BY 1) t
  WHERE q.id = t.id;
  UPDATE commercial.usage_logs q SET status = t.status, cost = t.cost, draws = t.draws
  FROM unnest(p_ids, n_status, n_cost, n_draws) AS t (id, status, cost, draws)
  WHERE q.id = t.id AND t.status IS NOT NULL;
  UPDATE commercial.quota_holds q SET status = t.status, settled_at = p_now
  FROM unnest(p_ids, n_hold) AS t (id, status)
  WHERE q.id = t.id AND t.status IS NOT NULL;

  outcomes := array_to_json(o_outcome);
END $function$`;
