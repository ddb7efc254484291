-- What the engine calls. A changed function is a new one with the next number in its name, so that the version that
-- runs beside an upgrade keeps calling its own.

CREATE FUNCTION commercial.quota_debit_1(
  p_now timestamptz,
  p_check boolean,
  p_accounts uuid[],
  p_types text[],
  p_totals bigint[],
  p_leads integer[],
  p_groups integer[],
  p_ids uuid[],
  p_users uuid[],
  p_resources text[],
  p_resource_ids text[],
  p_costs integer[],
  p_metadata jsonb[],
  p_expires timestamptz[],
  p_makers text[],
  OUT outcomes json,
  OUT used json,
  OUT remaining json,
  OUT limits json,
  OUT resets json,
  OUT frees json,
  OUT crossed boolean
) RETURNS record LANGUAGE plpgsql SET plan_cache_mode TO 'force_generic_plan' AS $$
DECLARE
  n integer := cardinality(p_ids);
  groups integer := cardinality(p_accounts);
  g integer; k integer; cost bigint; part bigint; holds boolean; lacking boolean; checked boolean := false;
  threshold integer; balances integer; written integer; wanted integer := 0; plain integer := 0;
  x_balance uuid; x_used bigint; x_granted bigint; x_until float8;
  -- The groups of the plain case.
  f_group integer[]; f_balance uuid[]; f_used bigint[]; f_granted bigint[]; f_until float8[];
  -- The balances, by group and within it in the order in which they are used.
  b_id uuid[]; b_tid tid[]; b_group integer[]; b_used bigint[]; b_granted bigint[]; b_cap bigint[];
  b_alerted integer[]; b_until float8[]; b_plan boolean[]; b_taken bigint[];
  -- All groups: what they had before the batch, and what they have while it is decided.
  g_used bigint[]; g_limit bigint[]; g_left bigint[]; g_reset float8[]; g_room bigint[]; g_over bigint[];
  -- Where their balances begin, where those with quota left begin, and where they end.
  g_first integer[]; g_at integer[]; g_last integer[];
  g_plain uuid[]; g_plan boolean[]; g_due boolean[]; g_expired boolean[];
  g_open integer[]; g_most integer[]; g_free float8[];
  -- Usages that are there already.
  k_id uuid[]; k_account uuid[];
  o_outcome integer[]; o_balance uuid[]; o_draws jsonb[];
  e_balance integer[]; e_percent integer[];
BEGIN
  IF p_expires IS NULL AND NOT p_check THEN
    -- The plain case, which nearly all are: nothing but the plan's balance, and everybody fits below the next threshold.
    -- One guarded update, judged again by the row as it is once it is locked. First for one who is alone, since arrays
    -- and what goes with them take longer than all the rest.
    IF n = 1 THEN
      UPDATE commercial.quota_balances q SET used = q.used + p_totals[1]
      WHERE q.account_id = p_accounts[1] AND q.quota_type = p_types[1]
        AND q.valid_until > p_now AND q.valid_from <= p_now AND q.kind = 'plan'
        AND CASE q.alerted
              WHEN 0 THEN (q.used + p_totals[1]) * 100 < q.granted::bigint * 80
              WHEN 80 THEN q.used + p_totals[1] < q.granted
              ELSE q.used + p_totals[1] <= q.granted
            END
        AND NOT EXISTS (
          SELECT FROM commercial.quota_balances o
          WHERE o.account_id = p_accounts[1] AND o.quota_type = p_types[1]
            AND o.valid_until > p_now AND o.valid_from <= p_now AND o.id <> q.id
        )
      RETURNING q.id, q.used - p_totals[1], q.granted, extract(epoch FROM q.valid_until)::float8 * 1000
      INTO x_balance, x_used, x_granted, x_until;
      IF FOUND THEN
        INSERT INTO commercial.usage_logs
          (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, metadata, created_at)
        VALUES (p_ids[1], p_accounts[1], p_users[1], x_balance, p_resources[1], p_resource_ids[1], p_costs[1],
                'consumed', p_metadata[1], p_now);
        used := json_build_array(x_used);
        remaining := json_build_array(x_granted - x_used);
        limits := json_build_array(x_granted);
        resets := json_build_array(x_until);
        crossed := false;
        RETURN;
      END IF;
    ELSE
      WITH debited AS (
        UPDATE commercial.quota_balances q SET used = q.used + a.total
        FROM unnest(p_accounts, p_types, p_totals) WITH ORDINALITY AS a (account_id, quota_type, total, n)
        WHERE q.account_id = a.account_id AND q.quota_type = a.quota_type
          AND q.valid_until > p_now AND q.valid_from <= p_now AND q.kind = 'plan'
          AND CASE q.alerted
                WHEN 0 THEN (q.used + a.total) * 100 < q.granted::bigint * 80
                WHEN 80 THEN q.used + a.total < q.granted
                ELSE q.used + a.total <= q.granted
              END
          AND NOT EXISTS (
            SELECT FROM commercial.quota_balances o
            WHERE o.account_id = a.account_id AND o.quota_type = a.quota_type
              AND o.valid_until > p_now AND o.valid_from <= p_now AND o.id <> q.id
          )
        RETURNING a.n::integer AS n, q.id, q.used - a.total AS used, q.granted::bigint AS granted,
          extract(epoch FROM q.valid_until)::float8 * 1000 AS until
      )
      SELECT array_agg(d.n ORDER BY d.n), array_agg(d.id ORDER BY d.n), array_agg(d.used ORDER BY d.n),
             array_agg(d.granted ORDER BY d.n), array_agg(d.granted - d.used ORDER BY d.n),
             array_agg(d.until ORDER BY d.n), count(*)
      INTO f_group, f_balance, f_used, f_granted, g_left, f_until, plain
      FROM debited d;
      IF plain = groups THEN
        INSERT INTO commercial.usage_logs
          (id, account_id, user_id, balance_id, resource_type, resource_id, cost, status, metadata, created_at)
        SELECT m.id, p_accounts[m.g], m.user_id, f_balance[m.g], m.resource, m.resource_id, m.cost,
               'consumed', m.metadata, p_now
        FROM unnest(p_ids, p_groups, p_users, p_resources, p_resource_ids, p_costs, p_metadata)
          AS m (id, g, user_id, resource, resource_id, cost, metadata);
        used := array_to_json(f_used);
        remaining := array_to_json(g_left);
        limits := array_to_json(f_granted);
        resets := array_to_json(f_until);
        crossed := false;
        RETURN;
      END IF;
    END IF;
  END IF;

  IF p_expires IS NOT NULL THEN
    -- Accounts before balances, as everybody locks them. Who holds takes turns by account, so the count is exact.
    PERFORM FROM commercial.accounts a
    WHERE a.id IN (
      SELECT p_accounts[m.g] FROM unnest(p_groups, p_expires) AS m (g, expires) WHERE m.expires IS NOT NULL
    )
    ORDER BY a.id FOR NO KEY UPDATE;
    SELECT array_agg(s.open ORDER BY s.n), array_agg(s.most ORDER BY s.n), array_agg(s.free ORDER BY s.n)
    INTO g_open, g_most, g_free
    FROM (
      SELECT a.n, h.open, h.free, coalesce((
        SELECT CASE WHEN jsonb_typeof(o.value) = 'number'
                    THEN greatest(least((o.value #>> '{}')::numeric, 1000000), 0)::integer END
        FROM commercial.entitlement_overrides o
        WHERE o.account_id = a.account_id AND o.feature = 'max_concurrent'
          AND o.ended_at IS NULL AND o.ends_at > p_now
      ), (
        SELECT CASE WHEN jsonb_typeof(p.features -> 'max_concurrent') = 'number'
                    THEN greatest(least((p.features ->> 'max_concurrent')::numeric, 1000000), 0)::integer END
        FROM commercial.subscriptions s JOIN commercial.subscription_plans p ON p.id = s.plan_id
        WHERE s.account_id = a.account_id AND s.status = 'active'
          AND (s.in_force_until IS NULL OR s.in_force_until > p_now OR s.due_at <= p_now)
      )) AS most
      FROM unnest(p_accounts) WITH ORDINALITY AS a (account_id, n)
      CROSS JOIN LATERAL (
        SELECT count(*)::integer AS open, extract(epoch FROM min(h.expires_at))::float8 * 1000 AS free
        FROM commercial.quota_holds h
        WHERE h.account_id = a.account_id AND h.status = 'open' AND h.expires_at > p_now
      ) h
    ) s;
  END IF;

  g_used := array_fill(0::bigint, ARRAY[groups]);
  g_limit := g_used; g_room := g_used; g_over := g_used;
  g_reset := array_fill(NULL::float8, ARRAY[groups]);
  g_first := array_fill(0, ARRAY[groups]);
  g_at := g_first; g_last := g_first;
  g_plan := array_fill(false, ARRAY[groups]);
  g_plain := array_fill(NULL::uuid, ARRAY[groups]);
  FOR j IN 1 .. plain LOOP
    g := f_group[j];
    g_plain[g] := f_balance[j];
    g_plan[g] := true;
    g_used[g] := f_used[j];
    g_limit[g] := f_granted[j];
    g_room[g] := f_granted[j] - f_used[j];
    g_reset[g] := f_until[j];
  END LOOP;

  -- The caller has put the groups into the order in which everybody locks. What was changed while this waited for a
  -- lock is seen as it is now, the row's place included.
  SELECT array_agg(s.id), array_agg(s.tid), array_agg(s.n), array_agg(s.used), array_agg(s.granted),
         array_agg(s.cap), array_agg(s.alerted), array_agg(s.until), array_agg(s.plan)
  INTO b_id, b_tid, b_group, b_used, b_granted, b_cap, b_alerted, b_until, b_plan
  FROM (
    SELECT b.*, a.n::integer AS n
    FROM unnest(p_accounts, p_types, g_plain) WITH ORDINALITY AS a (account_id, quota_type, plain, n)
    CROSS JOIN LATERAL (
      SELECT q.id, q.ctid AS tid, q.used::bigint AS used, q.granted::bigint AS granted,
             q.overage_cap::bigint AS cap, q.alerted::integer AS alerted, q.kind = 'plan' AS plan,
             extract(epoch FROM q.valid_until)::float8 * 1000 AS until
      FROM commercial.quota_balances q
      WHERE a.plain IS NULL AND q.account_id = a.account_id AND q.quota_type = a.quota_type
        AND q.valid_until > p_now AND q.valid_from <= p_now
      ORDER BY q.valid_until, q.created_at, q.id
      FOR NO KEY UPDATE
    ) b
  ) s;
  balances := coalesce(cardinality(b_id), 0);
  b_taken := array_fill(0::bigint, ARRAY[balances]);
  FOR j IN 1 .. balances LOOP
    g := b_group[j];
    IF g_first[g] = 0 THEN
      g_first[g] := j;
      g_at[g] := j;
    END IF;
    g_last[g] := j;
    g_used[g] := g_used[g] + b_used[j];
    g_limit[g] := g_limit[g] + b_granted[j];
    g_room[g] := g_room[g] + greatest(b_granted[j] - b_used[j], 0);
    g_over[g] := g_over[g] + greatest(b_cap[j] - greatest(b_used[j] - b_granted[j], 0), 0);
    IF b_plan[j] THEN
      g_plan[g] := true;
      g_reset[g] := b_until[j];
    ELSIF g_reset[g] IS NULL THEN
      g_reset[g] := b_until[j];
    END IF;
  END LOOP;
  g_left := g_room;

  -- A new period has begun, and nobody has made its balance yet.
  lacking := false = ANY (g_plan);
  IF lacking THEN
    SELECT array_agg(EXISTS (
      SELECT FROM commercial.subscriptions s
      JOIN commercial.plan_quotas q ON q.plan_id = s.plan_id AND q.quota_type = a.quota_type
      WHERE s.account_id = a.account_id AND s.status = 'active' AND s.started_at <= p_now
        AND (s.in_force_until IS NULL OR s.in_force_until > p_now OR s.due_at <= p_now)
    ) AND NOT g_plan[a.n] ORDER BY a.n) INTO g_due
    FROM unnest(p_accounts, p_types) WITH ORDINALITY AS a (account_id, quota_type, n);
  END IF;

  o_outcome := array_fill(0, ARRAY[n]);
  o_balance := array_fill(NULL::uuid, ARRAY[n]);
  o_draws := array_fill(NULL::jsonb, ARRAY[n]);
  FOR i IN 1 .. n LOOP
    g := p_groups[i];
    IF g_plain[g] IS NOT NULL THEN
      o_outcome[i] := 1;
      o_balance[i] := g_plain[g];
      CONTINUE;
    END IF;
    cost := p_costs[i];
    holds := p_expires IS NOT NULL AND p_expires[i] IS NOT NULL;
    -- Looked up under the locks, and by whoever is about to be refused: a first run may have taken what is missing.
    IF NOT checked AND (
      p_check OR cost > g_room[g] + g_over[g] OR (holds AND g_open[p_leads[g]] >= g_most[p_leads[g]])
    ) THEN
      SELECT array_agg(u.id), array_agg(u.account_id) INTO k_id, k_account
      FROM commercial.usage_logs u WHERE u.id = ANY (p_ids);
      checked := true;
    END IF;
    k := array_position(k_id, p_ids[i]);
    IF k IS NOT NULL THEN
      o_outcome[i] := CASE WHEN k_account[k] = p_accounts[g] THEN 2 ELSE 5 END;
    ELSIF lacking AND g_due[g] THEN
      o_outcome[i] := 3;
    ELSIF cost > g_room[g] + g_over[g] THEN
      IF g_expired IS NULL THEN g_expired := array_fill(NULL::boolean, ARRAY[groups]); END IF;
      IF g_expired[g] IS NULL THEN
        g_expired[g] := EXISTS (
          SELECT FROM commercial.quota_holds h
          WHERE h.account_id = p_accounts[g] AND h.status = 'open' AND h.expires_at <= p_now
        );
      END IF;
      o_outcome[i] := CASE WHEN g_expired[g] THEN 3 ELSE 0 END;
    ELSIF holds AND g_open[p_leads[g]] >= g_most[p_leads[g]] THEN
      o_outcome[i] := 4;
    ELSE
      o_outcome[i] := 1;
      IF holds THEN g_open[p_leads[g]] := g_open[p_leads[g]] + 1; END IF;
      -- First what is granted, of all of them; then, of all of them, what may be used beyond.
      FOR beyond IN 0 .. 1 LOOP
        FOR j IN CASE beyond WHEN 0 THEN g_at[g] ELSE g_first[g] END .. g_last[g] LOOP
          EXIT WHEN cost = 0;
          part := least(cost, b_granted[j] + beyond * b_cap[j] - b_used[j]);
          IF part > 0 THEN
            cost := cost - part;
            b_used[j] := b_used[j] + part;
            b_taken[j] := b_taken[j] + part;
            IF beyond = 0 THEN g_room[g] := g_room[g] - part; ELSE g_over[g] := g_over[g] - part; END IF;
            IF o_balance[i] IS NULL AND cost = 0 THEN
              o_balance[i] := b_id[j];
            ELSE
              o_balance[i] := coalesce(o_balance[i], b_id[j]);
              o_draws[i] := coalesce(o_draws[i], '[]')
                || jsonb_build_object('balanceId', b_id[j], 'amount', part);
            END IF;
          END IF;
          IF beyond = 0 THEN g_at[g] := j; END IF;
        END LOOP;
      END LOOP;
    END IF;
  END LOOP;

  FOR j IN 1 .. balances LOOP
    CONTINUE WHEN b_taken[j] = 0;
    wanted := wanted + 1;
    FOREACH threshold IN ARRAY ARRAY[80, 100] LOOP
      IF b_alerted[j] < threshold AND b_used[j] * 100 >= b_granted[j] * threshold THEN
        b_alerted[j] := threshold;
        e_balance := e_balance || j;
        e_percent := e_percent || threshold;
      END IF;
    END LOOP;
  END LOOP;
  IF wanted > 0 THEN
    -- By its place, since the row is locked; the count proves that the place is right. Once and no more for each row:
    -- a second update of it would have PostgreSQL check its foreign keys, which locks the account out of turn.
    UPDATE commercial.quota_balances q SET used = q.used + t.taken, alerted = t.alerted
    FROM unnest(b_tid, b_taken, b_alerted) AS t (tid, taken, alerted)
    WHERE q.ctid = t.tid AND t.taken > 0;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> wanted THEN
      RAISE 'a locked balance is not where it was' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF e_balance IS NOT NULL THEN
    INSERT INTO commercial.quota_events
      (id, account_id, balance_id, quota_type, percent, used, granted, created_at)
    SELECT gen_random_uuid(), p_accounts[b_group[e.j]], b_id[e.j], p_types[b_group[e.j]], e.percent,
           b_used[e.j], b_granted[e.j], p_now
    FROM unnest(e_balance, e_percent) AS e (j, percent);
  END IF;

  IF plain + wanted > 0 THEN
    INSERT INTO commercial.usage_logs
      (id, account_id, user_id, balance_id, draws, resource_type, resource_id, cost, status, metadata, created_at)
    SELECT m.id, p_accounts[m.g], m.user_id, m.balance_id, m.draws, m.resource, m.resource_id, m.cost,
           CASE WHEN p_expires[m.n] IS NULL THEN 'consumed' ELSE 'held' END, m.metadata, p_now
    FROM unnest(p_ids, p_groups, p_users, o_balance, o_draws, p_resources, p_resource_ids, p_costs, p_metadata)
      WITH ORDINALITY AS m (id, g, user_id, balance_id, draws, resource, resource_id, cost, metadata, n)
    WHERE m.balance_id IS NOT NULL;
  END IF;
  IF p_expires IS NOT NULL THEN
    INSERT INTO commercial.quota_holds (id, account_id, quota_type, created_at, expires_at, made_by)
    SELECT m.id, p_accounts[m.g], p_types[m.g], p_now, m.expires, m.maker
    FROM unnest(p_ids, p_groups, p_expires, o_outcome, p_makers) AS m (id, g, expires, outcome, maker)
    WHERE m.outcome = 1 AND m.expires IS NOT NULL;
  END IF;

  outcomes := array_to_json(o_outcome);
  used := array_to_json(g_used);
  remaining := array_to_json(g_left);
  limits := array_to_json(g_limit);
  resets := array_to_json(g_reset);
  frees := array_to_json(g_free);
  crossed := e_balance IS NOT NULL;
END
$$;

CREATE FUNCTION commercial.quota_settle_1(
  p_now timestamptz,
  p_ids uuid[],
  p_accounts uuid[],
  p_held boolean[],
  p_costs integer[],
  OUT outcomes json
) RETURNS json LANGUAGE plpgsql SET plan_cache_mode TO 'force_generic_plan' AS $$
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
  d_balance uuid[]; d_amount integer[]; c_balance uuid[]; c_amount integer[];
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
  WITH returned AS (
    UPDATE commercial.quota_balances q SET used = q.used - t.amount
    FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(d_balance, d_amount) AS x (id, amount) GROUP BY 1) t
    WHERE q.id = t.id RETURNING q.carried_to, t.amount
  )
  SELECT array_agg(r.carried_to), array_agg(r.amount::integer) INTO c_balance, c_amount
  FROM returned r WHERE r.carried_to IS NOT NULL;
  -- What later plans have taken along of it, one after the other.
  WHILE c_balance IS NOT NULL LOOP
    WITH returned AS (
      UPDATE commercial.quota_balances q SET used = q.used - t.amount, carried = q.carried - t.amount
      FROM (SELECT x.id, sum(x.amount) AS amount FROM unnest(c_balance, c_amount) AS x (id, amount) GROUP BY 1) t
      WHERE q.id = t.id RETURNING q.carried_to, t.amount
    )
    SELECT array_agg(r.carried_to), array_agg(r.amount::integer) INTO c_balance, c_amount
    FROM returned r WHERE r.carried_to IS NOT NULL;
  END LOOP;
  UPDATE commercial.usage_logs q SET status = t.status, cost = t.cost, draws = t.draws
  FROM unnest(p_ids, n_status, n_cost, n_draws) AS t (id, status, cost, draws)
  WHERE q.id = t.id AND t.status IS NOT NULL;
  UPDATE commercial.quota_holds q SET status = t.status, settled_at = p_now
  FROM unnest(p_ids, n_hold) AS t (id, status)
  WHERE q.id = t.id AND t.status IS NOT NULL;

  outcomes := array_to_json(o_outcome);
END
$$;
