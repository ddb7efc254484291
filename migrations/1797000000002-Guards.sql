-- What the database itself refuses or keeps up, whoever writes.

CREATE FUNCTION commercial.give_back_to_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  back record;
BEGIN
  FOR back IN
    SELECT d.key_id, d.period_start, sum(
      CASE o.status WHEN 'released' THEN 0 ELSE o.cost END - CASE n.status WHEN 'released' THEN 0 ELSE n.cost END
    ) AS amount
    FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN commercial.api_key_debits d ON d.usage_id = n.id
    GROUP BY d.key_id, d.period_start ORDER BY d.key_id, d.period_start
  LOOP
    UPDATE commercial.api_key_usage SET used = used - back.amount
    WHERE key_id = back.key_id AND period_start = back.period_start;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE TRIGGER usage_logs_give_back_to_key AFTER UPDATE ON commercial.usage_logs
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION commercial.give_back_to_key();

CREATE FUNCTION commercial.guard_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.kept_until IS NOT NULL THEN
    RETURN OLD;
  ELSIF TG_OP = 'UPDATE' AND NEW.client_address IS NULL AND NEW.user_agent IS NULL
    AND to_jsonb(NEW) - '{client_address,user_agent}'::text[] = to_jsonb(OLD) - '{client_address,user_agent}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log only grows: % of an entry is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_log_upkeep BEFORE DELETE OR UPDATE ON commercial.audit_log
  FOR EACH ROW EXECUTE FUNCTION commercial.guard_audit_entry();

CREATE FUNCTION commercial.guard_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR coalesce(current_setting('commercial.audit_upkeep', true), '') <> 'on' THEN
    RAISE EXCEPTION 'The audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER audit_log_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON commercial.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION commercial.guard_audit_log();

CREATE FUNCTION commercial.refuse_plan_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A version of a plan never changes: make a new one'
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER plan_quotas_immutable BEFORE UPDATE ON commercial.plan_quotas
  FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION commercial.refuse_plan_change();

CREATE TRIGGER subscription_plans_immutable BEFORE UPDATE ON commercial.subscription_plans
  FOR EACH ROW WHEN (((to_jsonb(old.*) - 'status'::text) IS DISTINCT FROM (to_jsonb(new.*) - 'status'::text))) EXECUTE FUNCTION commercial.refuse_plan_change();

CREATE FUNCTION commercial.usage_arrives_late() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz;
BEGIN
  SELECT r.counted_until INTO until FROM commercial.usage_rollup r FOR SHARE;
  IF NEW.created_at < until THEN
    IF TG_OP = 'UPDATE' THEN
      INSERT INTO commercial.usage_late
      VALUES (OLD.account_id, OLD.user_id, OLD.created_at, OLD.resource_type, OLD.status, -1, -OLD.cost);
    END IF;
    INSERT INTO commercial.usage_late
    VALUES (NEW.account_id, NEW.user_id, NEW.created_at, NEW.resource_type, NEW.status, 1, NEW.cost);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER usage_logs_late_insert AFTER INSERT ON commercial.usage_logs
  FOR EACH ROW WHEN ((new.created_at < (clock_timestamp() - '00:05:00'::interval))) EXECUTE FUNCTION commercial.usage_arrives_late();

CREATE TRIGGER usage_logs_late_update AFTER UPDATE ON commercial.usage_logs
  FOR EACH ROW WHEN ((((old.status IS DISTINCT FROM new.status) OR (old.cost IS DISTINCT FROM new.cost)) AND (new.created_at < (clock_timestamp() - '00:05:00'::interval)))) EXECUTE FUNCTION commercial.usage_arrives_late();
