-- The schema of the first release: tables, constraints and indexes. Later changes are migrations of their own.

CREATE SCHEMA commercial;

CREATE TABLE commercial.account_credits (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  amount_fen integer NOT NULL,
  period_id uuid,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT account_credits_amount CHECK (amount_fen <> 0),
  CONSTRAINT account_credits_pkey PRIMARY KEY (id)
);
CREATE INDEX account_credits_account ON commercial.account_credits (account_id);
CREATE INDEX account_credits_period ON commercial.account_credits (period_id) WHERE (period_id IS NOT NULL);

CREATE TABLE commercial.accounts (
  id uuid NOT NULL,
  kind text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  name text,
  goes_on_from uuid,
  CONSTRAINT accounts_kind CHECK (kind IN ('personal', 'organization')),
  CONSTRAINT accounts_name CHECK ((kind = 'organization') = (name IS NOT NULL)),
  CONSTRAINT accounts_pkey PRIMARY KEY (id)
);

CREATE TABLE commercial.api_key_debits (
  usage_id uuid NOT NULL,
  key_id uuid NOT NULL,
  period_start timestamptz(3) NOT NULL,
  CONSTRAINT api_key_debits_pkey PRIMARY KEY (usage_id)
);
CREATE INDEX api_key_debits_period ON commercial.api_key_debits (period_start);

CREATE TABLE commercial.api_key_usage (
  key_id uuid NOT NULL,
  period_start timestamptz(3) NOT NULL,
  used integer NOT NULL,
  CONSTRAINT api_key_usage_used CHECK (used >= 0),
  CONSTRAINT api_key_usage_pkey PRIMARY KEY (key_id, period_start)
);

CREATE TABLE commercial.api_keys (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  account_id uuid,
  quota_cap integer,
  first_key_id uuid,
  replaced_by uuid,
  end_told_at timestamptz(3),
  CONSTRAINT api_keys_quota_cap CHECK (quota_cap > 0),
  CONSTRAINT api_keys_pkey PRIMARY KEY (id)
);
CREATE INDEX api_keys_ending ON commercial.api_keys (expires_at) WHERE ((revoked_at IS NULL) AND (replaced_by IS NULL) AND (end_told_at IS NULL));
CREATE UNIQUE INDEX api_keys_key_hash_key ON commercial.api_keys (key_hash);
CREATE INDEX api_keys_user ON commercial.api_keys (user_id, created_at, id);

CREATE TABLE commercial.audit_log (
  id uuid NOT NULL,
  actor_user_id uuid,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  detail jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  client_address text,
  user_agent text,
  kept_until timestamptz(3),
  CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_log_actor ON commercial.audit_log (actor_user_id, created_at, id);
CREATE INDEX audit_log_addresses ON commercial.audit_log (created_at) WHERE ((client_address IS NOT NULL) AND (kept_until IS NULL));
CREATE INDEX audit_log_created ON commercial.audit_log (created_at, id);
CREATE INDEX audit_log_incidents ON commercial.audit_log (created_at, id) WHERE (action ~~ 'incident.%');
CREATE INDEX audit_log_kept_until ON commercial.audit_log (kept_until) WHERE (kept_until IS NOT NULL);
CREATE INDEX audit_log_subject ON commercial.audit_log (subject_type, subject_id);

CREATE TABLE commercial.clock_shift (
  id smallint NOT NULL,
  offset_ms bigint NOT NULL,
  CONSTRAINT clock_shift_ahead CHECK (offset_ms >= 0),
  CONSTRAINT clock_shift_single CHECK (id = 1),
  CONSTRAINT clock_shift_pkey PRIMARY KEY (id)
);

CREATE TABLE commercial.coupon_redemptions (
  id uuid NOT NULL,
  coupon_id uuid NOT NULL,
  user_id uuid NOT NULL,
  account_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  payment_id uuid,
  price_fen integer NOT NULL,
  discount_fen integer NOT NULL,
  status text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT coupon_redemptions_discount CHECK ((discount_fen >= 0) AND (discount_fen <= price_fen)),
  CONSTRAINT coupon_redemptions_paid CHECK ((payment_id IS NULL) OR (discount_fen < price_fen)),
  CONSTRAINT coupon_redemptions_status CHECK (status IN ('reserved', 'redeemed', 'passed_on', 'released', 'honoured')),
  CONSTRAINT coupon_redemptions_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX coupon_redemptions_once_per_user ON commercial.coupon_redemptions (coupon_id, user_id) WHERE (status IN ('reserved', 'redeemed'));
CREATE UNIQUE INDEX coupon_redemptions_payment_key ON commercial.coupon_redemptions (payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX coupon_redemptions_subscription ON commercial.coupon_redemptions (subscription_id);

CREATE TABLE commercial.coupons (
  id uuid NOT NULL,
  code text NOT NULL,
  percent_off integer,
  amount_off_fen integer,
  plan_codes text[],
  max_redemptions integer,
  redeemed integer DEFAULT 0 NOT NULL,
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT coupons_off CHECK ((num_nonnulls(percent_off, amount_off_fen) = 1) AND ((percent_off >= 1) AND (percent_off <= 100)) AND (amount_off_fen > 0)),
  CONSTRAINT coupons_redeemed CHECK ((redeemed >= 0) AND (redeemed <= max_redemptions)),
  CONSTRAINT coupons_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX coupons_code_key ON commercial.coupons (code);

CREATE TABLE commercial.customers (
  id uuid NOT NULL,
  external_id text NOT NULL,
  account_id uuid NOT NULL,
  email text,
  display_name text,
  locale text NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  erased_at timestamptz(3),
  link_token_hash bytea,
  link_expires_at timestamptz(3),
  CONSTRAINT customers_email_normal CHECK (email = lower(btrim(email))),
  CONSTRAINT customers_link CHECK ((link_token_hash IS NULL) = (link_expires_at IS NULL)),
  CONSTRAINT customers_locale CHECK (locale IN ('zh-CN', 'en')),
  CONSTRAINT customers_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX customers_account_key ON commercial.customers (account_id);
CREATE INDEX customers_created ON commercial.customers (created_at, id);
CREATE INDEX customers_email ON commercial.customers (email, created_at, id) WHERE (email IS NOT NULL);
CREATE INDEX customers_erased ON commercial.customers (erased_at) WHERE (erased_at IS NOT NULL);
CREATE UNIQUE INDEX customers_external_id_key ON commercial.customers (external_id);
CREATE UNIQUE INDEX customers_link_token_key ON commercial.customers (link_token_hash) WHERE (link_token_hash IS NOT NULL);

CREATE TABLE commercial.ended_sessions (
  session_id uuid NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT ended_sessions_pkey PRIMARY KEY (session_id)
);
CREATE INDEX ended_sessions_expiry ON commercial.ended_sessions (expires_at);

CREATE TABLE commercial.entitlement_overrides (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  feature text NOT NULL,
  value jsonb NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  CONSTRAINT entitlement_overrides_value CHECK (jsonb_typeof(value) = ANY (ARRAY['boolean', 'number', 'string'])),
  CONSTRAINT entitlement_overrides_pkey PRIMARY KEY (id)
);
CREATE INDEX entitlement_overrides_account ON commercial.entitlement_overrides (account_id, created_at, id);
CREATE INDEX entitlement_overrides_created ON commercial.entitlement_overrides (created_at, id);
CREATE INDEX entitlement_overrides_due ON commercial.entitlement_overrides (ends_at) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX entitlement_overrides_live_key ON commercial.entitlement_overrides (account_id, feature) WHERE (ended_at IS NULL);

CREATE TABLE commercial.erased_marks (
  mark bytea NOT NULL,
  account_id uuid NOT NULL,
  erased_at timestamptz(3) NOT NULL,
  CONSTRAINT erased_marks_pkey PRIMARY KEY (mark)
);

CREATE TABLE commercial.event_deliveries (
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  destination text NOT NULL,
  endpoint_id uuid,
  stream uuid NOT NULL,
  sequence bigint NOT NULL,
  in_order boolean DEFAULT true NOT NULL,
  status text DEFAULT 'pending' NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  due_at timestamptz(3),
  leased_until timestamptz(3),
  response_status smallint,
  last_error text,
  delivered_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT event_deliveries_destination CHECK ((destination IN ('handlers', 'mail')) OR (endpoint_id IS NOT NULL)),
  CONSTRAINT event_deliveries_due_while_pending CHECK ((status = 'pending') = (due_at IS NOT NULL)),
  CONSTRAINT event_deliveries_status CHECK (status IN ('pending', 'delivered', 'skipped', 'dead')),
  CONSTRAINT event_deliveries_pkey PRIMARY KEY (id)
);
CREATE INDEX event_deliveries_created ON commercial.event_deliveries (created_at, id);
CREATE INDEX event_deliveries_dead ON commercial.event_deliveries (created_at, id) WHERE (status = 'dead');
CREATE INDEX event_deliveries_due ON commercial.event_deliveries (destination, due_at) WHERE (status = 'pending');
CREATE INDEX event_deliveries_endpoint ON commercial.event_deliveries (endpoint_id, created_at, id);
CREATE INDEX event_deliveries_line ON commercial.event_deliveries (destination, stream, sequence) WHERE (status = 'pending');
CREATE UNIQUE INDEX event_deliveries_once ON commercial.event_deliveries (event_id, destination);

CREATE TABLE commercial.events (
  id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  account_id uuid,
  subscription_id uuid,
  subject_id text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (id)
);
CREATE INDEX events_account ON commercial.events (account_id, created_at, id);
CREATE INDEX events_created ON commercial.events (created_at, id);

CREATE TABLE commercial.fapiao_requests (
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  order_id text NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  tax_number text,
  email text NOT NULL,
  amount_fen integer NOT NULL,
  status text NOT NULL,
  number text,
  red_number text,
  reason text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT fapiao_requests_amount CHECK (amount_fen > 0),
  CONSTRAINT fapiao_requests_company_has_tax_number CHECK ((kind = 'personal') OR (tax_number IS NOT NULL)),
  CONSTRAINT fapiao_requests_issued_has_number CHECK ((number IS NOT NULL) = (status IN ('issued', 'red_letter_due', 'red_issued'))),
  CONSTRAINT fapiao_requests_kind CHECK (kind IN ('personal', 'company')),
  CONSTRAINT fapiao_requests_red_has_number CHECK ((red_number IS NOT NULL) = (status = 'red_issued')),
  CONSTRAINT fapiao_requests_status CHECK (status IN ('requested', 'issued', 'rejected', 'withdrawn', 'red_letter_due', 'red_issued')),
  CONSTRAINT fapiao_requests_pkey PRIMARY KEY (id)
);
CREATE INDEX fapiao_requests_by_status ON commercial.fapiao_requests (status, created_at, id);
CREATE UNIQUE INDEX fapiao_requests_live ON commercial.fapiao_requests (payment_id) WHERE (status IN ('requested', 'issued', 'red_letter_due'));
CREATE INDEX fapiao_requests_payment ON commercial.fapiao_requests (payment_id, created_at);

CREATE TABLE commercial.idempotency_keys (
  user_id uuid NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  operation_id uuid NOT NULL,
  lease_id uuid,
  leased_until timestamptz,
  answer_status integer,
  answer_body json,
  created_at timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, route, key)
);
CREATE INDEX idempotency_keys_created ON commercial.idempotency_keys (created_at);

CREATE TABLE commercial.invitations (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  token_hash bytea NOT NULL,
  invited_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  CONSTRAINT invitations_role CHECK (role IN ('owner', 'admin', 'member')),
  CONSTRAINT invitations_pkey PRIMARY KEY (id)
);
CREATE INDEX invitations_account ON commercial.invitations (account_id, created_at, id);
CREATE UNIQUE INDEX invitations_token_hash_key ON commercial.invitations (token_hash);

CREATE TABLE commercial.memberships (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT memberships_role CHECK (role IN ('owner', 'admin', 'member')),
  CONSTRAINT memberships_pkey PRIMARY KEY (account_id, user_id)
);
CREATE INDEX memberships_user ON commercial.memberships (user_id);

CREATE TABLE commercial.one_time_tokens (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  CONSTRAINT one_time_tokens_purpose CHECK (purpose IN ('password_reset', 'email_verification')),
  CONSTRAINT one_time_tokens_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX one_time_tokens_token_hash_key ON commercial.one_time_tokens (token_hash);
CREATE INDEX one_time_tokens_user ON commercial.one_time_tokens (user_id, purpose);

CREATE TABLE commercial.order_terms (
  payment_id uuid NOT NULL,
  from_subscription_id uuid NOT NULL,
  credit_fen integer NOT NULL,
  account_credit_fen integer NOT NULL,
  agreement_id uuid,
  period_start timestamptz(3),
  CONSTRAINT order_terms_charge CHECK ((agreement_id IS NULL) = (period_start IS NULL)),
  CONSTRAINT order_terms_credit CHECK ((credit_fen >= 0) AND (account_credit_fen >= 0)),
  CONSTRAINT order_terms_pkey PRIMARY KEY (payment_id)
);

CREATE TABLE commercial.orders (
  id uuid NOT NULL,
  order_id text NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  provider text NOT NULL,
  purpose text NOT NULL,
  plan_id uuid,
  subscription_id uuid,
  amount_fen integer NOT NULL,
  currency text NOT NULL,
  status text NOT NULL,
  refunded_fen integer DEFAULT 0 NOT NULL,
  provider_trade_no text,
  payment_url text,
  qr_code text,
  expires_at timestamptz(3) NOT NULL,
  paid_at timestamptz(3),
  closed_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  method text,
  prepay jsonb,
  check_at timestamptz(3),
  subject text DEFAULT '' NOT NULL,
  refund_pending_fen integer DEFAULT 0 NOT NULL,
  CONSTRAINT orders_amount CHECK (amount_fen > 0),
  CONSTRAINT orders_bought CHECK ((purpose = 'topup') OR ((plan_id IS NOT NULL) AND (subscription_id IS NOT NULL))),
  CONSTRAINT orders_paid_has_facts CHECK ((status IN ('pending', 'closed', 'failed')) OR ((paid_at IS NOT NULL) AND (provider_trade_no IS NOT NULL))),
  CONSTRAINT orders_purpose CHECK (purpose IN ('subscription', 'renewal', 'change', 'topup')),
  CONSTRAINT orders_refund_pending CHECK (refund_pending_fen >= 0),
  CONSTRAINT orders_refund_status CHECK ((((status = 'refunded') = (refunded_fen = amount_fen)) AND ((status = 'partially_refunded') = ((refunded_fen > 0) AND (refunded_fen < amount_fen))))),
  CONSTRAINT orders_refunded CHECK ((refunded_fen >= 0) AND (refunded_fen <= amount_fen)),
  CONSTRAINT orders_status CHECK (status IN ('pending', 'paid', 'closed', 'failed', 'partially_refunded', 'refunded')),
  CONSTRAINT orders_pkey PRIMARY KEY (id)
);
CREATE INDEX orders_account ON commercial.orders (account_id, created_at, id);
CREATE INDEX orders_check ON commercial.orders (check_at) WHERE (check_at IS NOT NULL);
CREATE UNIQUE INDEX orders_order_id_key ON commercial.orders (order_id);
CREATE INDEX orders_paid ON commercial.orders (provider, paid_at) WHERE (paid_at IS NOT NULL);
CREATE INDEX orders_pending ON commercial.orders (expires_at) WHERE (status = 'pending');
CREATE UNIQUE INDEX orders_trade_no_key ON commercial.orders (provider, provider_trade_no) WHERE (provider_trade_no IS NOT NULL);

CREATE TABLE commercial.payment_agreements (
  id uuid NOT NULL,
  number text NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  provider text NOT NULL,
  provider_agreement_no text,
  status text NOT NULL,
  sign_url text,
  check_at timestamptz(3),
  charge_at timestamptz(3),
  end_requested_at timestamptz(3),
  signed_at timestamptz(3),
  ended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT payment_agreements_active_is_signed CHECK ((status <> 'active') OR ((provider_agreement_no IS NOT NULL) AND (signed_at IS NOT NULL))),
  CONSTRAINT payment_agreements_charge_on_active CHECK ((charge_at IS NULL) OR (status = 'active')),
  CONSTRAINT payment_agreements_ended_has_time CHECK ((status = 'ended') = (ended_at IS NOT NULL)),
  CONSTRAINT payment_agreements_status CHECK (status IN ('pending', 'active', 'ended')),
  CONSTRAINT payment_agreements_pkey PRIMARY KEY (id)
);
CREATE INDEX payment_agreements_account ON commercial.payment_agreements (account_id, created_at);
CREATE INDEX payment_agreements_charge ON commercial.payment_agreements (charge_at) WHERE (charge_at IS NOT NULL);
CREATE INDEX payment_agreements_check ON commercial.payment_agreements (check_at) WHERE (check_at IS NOT NULL);
CREATE UNIQUE INDEX payment_agreements_number_key ON commercial.payment_agreements (number);
CREATE UNIQUE INDEX payment_agreements_one_live_per_account ON commercial.payment_agreements (account_id) WHERE (status IN ('pending', 'active'));

CREATE TABLE commercial.payment_notifications (
  id uuid NOT NULL,
  provider text NOT NULL,
  notification_id text NOT NULL,
  order_id text NOT NULL,
  body bytea NOT NULL,
  copies integer DEFAULT 1 NOT NULL,
  outcome text,
  received_at timestamptz(3) NOT NULL,
  CONSTRAINT payment_notifications_copies CHECK (copies > 0),
  CONSTRAINT payment_notifications_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX payment_notifications_id_key ON commercial.payment_notifications (provider, notification_id);
CREATE INDEX payment_notifications_order ON commercial.payment_notifications (order_id);

CREATE TABLE commercial.payment_refunds (
  id uuid NOT NULL,
  refund_no text NOT NULL,
  payment_id uuid NOT NULL,
  amount_fen integer NOT NULL,
  status text NOT NULL,
  reason text,
  origin text NOT NULL,
  requested_by uuid,
  channel_message text,
  created_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3),
  ends_subscription boolean DEFAULT false NOT NULL,
  check_at timestamptz(3),
  checks integer DEFAULT 0 NOT NULL,
  retries integer DEFAULT 0 NOT NULL,
  accepted_at timestamptz(3),
  billed_on date,
  CONSTRAINT payment_refunds_amount CHECK (amount_fen > 0),
  CONSTRAINT payment_refunds_origin CHECK (origin IN ('admin', 'automatic', 'channel')),
  CONSTRAINT payment_refunds_status CHECK (status IN ('pending', 'succeeded', 'failed')),
  CONSTRAINT payment_refunds_pkey PRIMARY KEY (id)
);
CREATE INDEX payment_refunds_check ON commercial.payment_refunds (check_at) WHERE (check_at IS NOT NULL);
CREATE INDEX payment_refunds_open ON commercial.payment_refunds (created_at) WHERE (status = 'pending');
CREATE INDEX payment_refunds_payment ON commercial.payment_refunds (payment_id);
CREATE UNIQUE INDEX payment_refunds_refund_no_key ON commercial.payment_refunds (refund_no);
CREATE INDEX payment_refunds_settled ON commercial.payment_refunds (settled_at) WHERE (status = 'succeeded');

CREATE TABLE commercial.plan_quotas (
  plan_id uuid NOT NULL,
  quota_type text NOT NULL,
  quota_limit integer NOT NULL,
  quota_period text NOT NULL,
  overage_cap integer DEFAULT 0 NOT NULL,
  CONSTRAINT plan_quotas_limit CHECK (quota_limit >= 0),
  CONSTRAINT plan_quotas_overage CHECK (overage_cap >= 0),
  CONSTRAINT plan_quotas_period CHECK (quota_period = 'month'),
  CONSTRAINT plan_quotas_pkey PRIMARY KEY (plan_id, quota_type)
);

CREATE TABLE commercial.portal_sessions (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  account_id uuid NOT NULL,
  flow text NOT NULL,
  return_url text,
  link_hash bytea NOT NULL,
  token_hash bytea,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  opened_at timestamptz(3),
  ended_at timestamptz(3),
  CONSTRAINT portal_sessions_opened CHECK ((opened_at IS NULL) = (token_hash IS NULL)),
  CONSTRAINT portal_sessions_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX portal_sessions_link_hash_key ON commercial.portal_sessions (link_hash);
CREATE UNIQUE INDEX portal_sessions_token_hash_key ON commercial.portal_sessions (token_hash) WHERE (token_hash IS NOT NULL);
CREATE INDEX portal_sessions_user ON commercial.portal_sessions (user_id);

CREATE TABLE commercial.quota_balances (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  subscription_id uuid,
  quota_type text NOT NULL,
  granted integer NOT NULL,
  used integer DEFAULT 0 NOT NULL,
  valid_from timestamptz(3) NOT NULL,
  valid_until timestamptz(3) NOT NULL,
  kind text DEFAULT 'plan' NOT NULL,
  overage_cap integer DEFAULT 0 NOT NULL,
  alerted smallint DEFAULT '0'::smallint NOT NULL,
  created_at timestamptz(3) DEFAULT now() NOT NULL,
  carried integer DEFAULT 0 NOT NULL,
  carried_to uuid,
  paid_for boolean DEFAULT false NOT NULL,
  CONSTRAINT quota_balances_alerted CHECK (alerted IN (0, 80, 100)),
  CONSTRAINT quota_balances_carried CHECK (carried >= 0),
  CONSTRAINT quota_balances_granted CHECK ((granted >= 0) AND (overage_cap >= 0)),
  CONSTRAINT quota_balances_kind CHECK (kind IN ('plan', 'topup', 'promotion')),
  CONSTRAINT quota_balances_plan CHECK ((kind = 'plan') = (subscription_id IS NOT NULL)),
  CONSTRAINT quota_balances_time CHECK (valid_until >= valid_from),
  CONSTRAINT quota_balances_used CHECK (((used >= carried) AND (used <= GREATEST(((granted)::bigint + overage_cap), (carried)::bigint)))),
  CONSTRAINT quota_balances_pkey PRIMARY KEY (id)
) WITH (fillfactor='50');
CREATE INDEX quota_balances_live ON commercial.quota_balances (account_id, quota_type, valid_until, created_at, id);
CREATE UNIQUE INDEX quota_balances_period_key ON commercial.quota_balances (subscription_id, quota_type, valid_from);

CREATE TABLE commercial.quota_events (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  balance_id uuid NOT NULL,
  quota_type text NOT NULL,
  percent smallint NOT NULL,
  used integer NOT NULL,
  granted integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  delivered_at timestamptz(3),
  CONSTRAINT quota_events_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX quota_events_once ON commercial.quota_events (balance_id, percent);
CREATE INDEX quota_events_undelivered ON commercial.quota_events (created_at) WHERE (delivered_at IS NULL);

CREATE TABLE commercial.quota_holds (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  quota_type text NOT NULL,
  status text DEFAULT 'open' NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3),
  made_by text DEFAULT 'customer' NOT NULL,
  CONSTRAINT quota_holds_made_by CHECK (made_by IN ('host', 'service', 'customer')),
  CONSTRAINT quota_holds_settled_at CHECK ((status = 'open') = (settled_at IS NULL)),
  CONSTRAINT quota_holds_status CHECK (status IN ('open', 'committed', 'released', 'expired')),
  CONSTRAINT quota_holds_pkey PRIMARY KEY (id)
);
CREATE INDEX quota_holds_due ON commercial.quota_holds (expires_at) WHERE (status = 'open');
CREATE INDEX quota_holds_open ON commercial.quota_holds (account_id, expires_at) WHERE (status = 'open');
CREATE INDEX quota_holds_settled ON commercial.quota_holds (settled_at) WHERE (status <> 'open');

CREATE TABLE commercial.rate_limits (
  key character varying(255) NOT NULL,
  points integer DEFAULT 0 NOT NULL,
  expire bigint,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
);

CREATE TABLE commercial.reconciliation_differences (
  id uuid NOT NULL,
  reconciliation_id uuid NOT NULL,
  kind text NOT NULL,
  entry text,
  order_id text,
  refund_no text,
  trade_no text,
  channel_fen bigint,
  our_fen bigint,
  resolution text NOT NULL,
  detail text,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT reconciliation_differences_entry CHECK (entry IN ('payment', 'refund')),
  CONSTRAINT reconciliation_differences_kind CHECK (kind IN ('missing_here', 'missing_there', 'amount_differs', 'unreadable')),
  CONSTRAINT reconciliation_differences_named CHECK (((kind = 'unreadable') = (entry IS NULL)) AND ((kind = 'unreadable') = (order_id IS NULL))),
  CONSTRAINT reconciliation_differences_resolution CHECK (resolution IN ('open', 'settled')),
  CONSTRAINT reconciliation_differences_pkey PRIMARY KEY (id)
);
CREATE INDEX reconciliation_differences_open ON commercial.reconciliation_differences (order_id) WHERE (resolution = 'open');
CREATE INDEX reconciliation_differences_run ON commercial.reconciliation_differences (reconciliation_id, created_at, id);

CREATE UNLOGGED TABLE commercial.reconciliation_lines (
  reconciliation_id uuid NOT NULL,
  line integer NOT NULL,
  kind text NOT NULL,
  order_id text NOT NULL,
  refund_no text,
  trade_no text NOT NULL,
  amount_fen bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  CONSTRAINT reconciliation_lines_kind CHECK (kind IN ('payment', 'refund')),
  CONSTRAINT reconciliation_lines_pkey PRIMARY KEY (reconciliation_id, line)
);

CREATE TABLE commercial.reconciliations (
  id uuid NOT NULL,
  provider text NOT NULL,
  bill_date date NOT NULL,
  status text NOT NULL,
  lines integer DEFAULT 0 NOT NULL,
  matched integer DEFAULT 0 NOT NULL,
  error text,
  requested_by uuid,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  without_bill boolean DEFAULT false NOT NULL,
  CONSTRAINT reconciliations_status CHECK (status IN ('running', 'done', 'unavailable', 'failed')),
  CONSTRAINT reconciliations_pkey PRIMARY KEY (id)
);
CREATE INDEX reconciliations_newest ON commercial.reconciliations (created_at, id);

CREATE TABLE commercial.service_keys (
  id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  first_key_id uuid NOT NULL,
  replaced_by uuid,
  CONSTRAINT service_keys_pkey PRIMARY KEY (id)
);
CREATE INDEX service_keys_created ON commercial.service_keys (created_at, id);
CREATE UNIQUE INDEX service_keys_key_hash_key ON commercial.service_keys (key_hash);

CREATE TABLE commercial.sessions (
  id uuid NOT NULL,
  family_id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  rotated_at timestamptz(3),
  revoked_at timestamptz(3),
  user_agent text,
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX sessions_family ON commercial.sessions (family_id);
CREATE UNIQUE INDEX sessions_token_hash_key ON commercial.sessions (token_hash);
CREATE INDEX sessions_user ON commercial.sessions (user_id);

CREATE TABLE commercial.subscription_periods (
  id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  payment_id uuid,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  worth_fen integer NOT NULL,
  carried_fen integer DEFAULT 0 NOT NULL,
  carried_to uuid,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT subscription_periods_time CHECK ((ends_at > starts_at) AND ((ended_at >= starts_at) AND (ended_at <= ends_at))),
  CONSTRAINT subscription_periods_worth CHECK ((worth_fen >= 0) AND ((carried_fen >= 0) AND (carried_fen <= worth_fen))),
  CONSTRAINT subscription_periods_pkey PRIMARY KEY (id)
);
CREATE INDEX subscription_periods_order ON commercial.subscription_periods (subscription_id, starts_at);
CREATE UNIQUE INDEX subscription_periods_payment_key ON commercial.subscription_periods (payment_id) WHERE (payment_id IS NOT NULL);

CREATE TABLE commercial.subscription_plans (
  id uuid NOT NULL,
  code text NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  price_fen integer NOT NULL,
  currency text NOT NULL,
  billing_cycle text NOT NULL,
  features jsonb NOT NULL,
  status text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  trial_days integer DEFAULT 0 NOT NULL,
  migrate_at timestamptz(3),
  CONSTRAINT subscription_plans_cycle CHECK (billing_cycle IN ('monthly', 'yearly')),
  CONSTRAINT subscription_plans_price CHECK (price_fen >= 0),
  CONSTRAINT subscription_plans_status CHECK (status IN ('active', 'archived')),
  CONSTRAINT subscription_plans_trial CHECK ((trial_days >= 0) AND (trial_days <= 366)),
  CONSTRAINT subscription_plans_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX subscription_plans_code_version_key ON commercial.subscription_plans (code, version);

CREATE TABLE commercial.subscriptions (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  status text NOT NULL,
  started_at timestamptz(3),
  current_period_start timestamptz(3),
  current_period_end timestamptz(3),
  cancel_at_period_end boolean DEFAULT false NOT NULL,
  ended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  in_force_until timestamptz(3),
  scheduled_plan_id uuid,
  handled_until timestamptz(3),
  due_at timestamptz(3),
  trial_ends_at timestamptz(3),
  CONSTRAINT subscriptions_live_has_period CHECK ((status <> 'active') OR (current_period_start IS NOT NULL)),
  CONSTRAINT subscriptions_period CHECK (current_period_end > current_period_start),
  CONSTRAINT subscriptions_status CHECK (status IN ('pending', 'active', 'abandoned', 'replaced', 'refunded', 'expired', 'canceled')),
  CONSTRAINT subscriptions_pkey PRIMARY KEY (id)
);
CREATE INDEX subscriptions_account ON commercial.subscriptions (account_id, created_at);
CREATE INDEX subscriptions_due ON commercial.subscriptions (due_at) WHERE ((status = 'active') AND (due_at IS NOT NULL));
CREATE UNIQUE INDEX subscriptions_one_live_per_account ON commercial.subscriptions (account_id) WHERE (status = 'active');

CREATE TABLE commercial.topup_packs (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  quota_type text NOT NULL,
  amount integer NOT NULL,
  price_fen integer NOT NULL,
  currency text NOT NULL,
  valid_days integer NOT NULL,
  archived boolean DEFAULT false NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT topup_packs_amount CHECK ((amount >= 1) AND (amount <= 1000000000)),
  CONSTRAINT topup_packs_price CHECK (price_fen > 0),
  CONSTRAINT topup_packs_validity CHECK ((valid_days >= 1) AND (valid_days <= 3660)),
  CONSTRAINT topup_packs_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX topup_packs_code_key ON commercial.topup_packs (code);

CREATE TABLE commercial.topups (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  pack_id uuid NOT NULL,
  quota_type text NOT NULL,
  amount integer NOT NULL,
  valid_days integer NOT NULL,
  granted_at timestamptz(3),
  valid_until timestamptz(3),
  taken_back_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT topups_granted CHECK ((granted_at IS NULL) = (valid_until IS NULL)),
  CONSTRAINT topups_taken_back CHECK ((taken_back_at IS NULL) OR (granted_at IS NOT NULL)),
  CONSTRAINT topups_pkey PRIMARY KEY (id)
);
CREATE INDEX topups_account ON commercial.topups (account_id, created_at, id);

CREATE TABLE commercial.trials (
  user_id uuid NOT NULL,
  account_id uuid NOT NULL,
  subscription_id uuid NOT NULL,
  plan_id uuid NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  CONSTRAINT trials_pkey PRIMARY KEY (user_id)
);
CREATE UNIQUE INDEX trials_account_key ON commercial.trials (account_id);
CREATE UNIQUE INDEX trials_subscription_key ON commercial.trials (subscription_id);

CREATE TABLE commercial.usage_daily (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  bucket timestamptz NOT NULL,
  resource_type text NOT NULL,
  status text NOT NULL,
  count bigint NOT NULL,
  cost bigint NOT NULL,
  CONSTRAINT usage_daily_pkey PRIMARY KEY (account_id, bucket, user_id, resource_type, status)
);

CREATE TABLE commercial.usage_hourly (
  bucket timestamptz NOT NULL,
  resource_type text NOT NULL,
  status text NOT NULL,
  count bigint NOT NULL,
  cost bigint NOT NULL,
  CONSTRAINT usage_hourly_pkey PRIMARY KEY (bucket, resource_type, status)
);

CREATE TABLE commercial.usage_late (
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  resource_type text NOT NULL,
  status text NOT NULL,
  count bigint NOT NULL,
  cost bigint NOT NULL
);
CREATE INDEX usage_late_account ON commercial.usage_late (account_id);

CREATE TABLE commercial.usage_logs (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  balance_id uuid NOT NULL,
  resource_type text NOT NULL,
  resource_id text,
  cost integer NOT NULL,
  status text NOT NULL,
  metadata jsonb,
  created_at timestamptz(3) NOT NULL,
  draws jsonb,
  CONSTRAINT usage_logs_cost CHECK (cost > 0),
  CONSTRAINT usage_logs_status CHECK (status IN ('consumed', 'held', 'released')),
  CONSTRAINT usage_logs_pkey PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE TABLE commercial.usage_logs_default PARTITION OF commercial.usage_logs DEFAULT;
CREATE INDEX usage_logs_account ON commercial.usage_logs (account_id, created_at, id);
CREATE INDEX usage_logs_created ON commercial.usage_logs (created_at, id);

CREATE TABLE commercial.usage_rollup (
  id boolean DEFAULT true NOT NULL,
  counted_until timestamptz NOT NULL,
  marked_at timestamptz,
  marked_xid xid8,
  CONSTRAINT usage_rollup_one CHECK (id),
  CONSTRAINT usage_rollup_pkey PRIMARY KEY (id)
);

CREATE TABLE commercial.users (
  id uuid NOT NULL,
  email text NOT NULL,
  password_hash text NOT NULL,
  display_name text,
  role text NOT NULL,
  locale text NOT NULL,
  personal_account_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  email_verified_at timestamptz(3),
  deactivated_at timestamptz(3),
  erased_at timestamptz(3),
  CONSTRAINT users_email_normal CHECK (email = lower(btrim(email))),
  CONSTRAINT users_erased_is_deactivated CHECK ((erased_at IS NULL) OR (deactivated_at IS NOT NULL)),
  CONSTRAINT users_role CHECK (role IN ('user', 'admin')),
  CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE INDEX users_created ON commercial.users (created_at, id);
CREATE UNIQUE INDEX users_email_key ON commercial.users (email);
CREATE UNIQUE INDEX users_personal_account_key ON commercial.users (personal_account_id);

CREATE TABLE commercial.webhook_endpoints (
  id uuid NOT NULL,
  url text NOT NULL,
  description text,
  types text[] DEFAULT '{}' NOT NULL,
  enabled boolean DEFAULT true NOT NULL,
  secret text NOT NULL,
  previous_secret text,
  previous_secret_until timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  older_secrets jsonb DEFAULT '[]' NOT NULL,
  CONSTRAINT webhook_endpoints_previous_secret CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
  CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_endpoints_created ON commercial.webhook_endpoints (created_at, id);

-- Foreign keys, after all tables.

ALTER TABLE commercial.account_credits
  ADD CONSTRAINT account_credits_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.api_key_usage
  ADD CONSTRAINT api_key_usage_key_fkey FOREIGN KEY (key_id) REFERENCES commercial.api_keys(id) ON DELETE CASCADE;

ALTER TABLE commercial.api_keys
  ADD CONSTRAINT api_keys_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.api_keys
  ADD CONSTRAINT api_keys_user_fkey FOREIGN KEY (user_id) REFERENCES commercial.users(id) ON DELETE CASCADE;

ALTER TABLE commercial.coupon_redemptions
  ADD CONSTRAINT coupon_redemptions_coupon_fkey FOREIGN KEY (coupon_id) REFERENCES commercial.coupons(id);

ALTER TABLE commercial.customers
  ADD CONSTRAINT customers_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.entitlement_overrides
  ADD CONSTRAINT entitlement_overrides_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.erased_marks
  ADD CONSTRAINT erased_marks_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.event_deliveries
  ADD CONSTRAINT event_deliveries_endpoint_fkey FOREIGN KEY (endpoint_id) REFERENCES commercial.webhook_endpoints(id) ON DELETE CASCADE;

ALTER TABLE commercial.event_deliveries
  ADD CONSTRAINT event_deliveries_event_fkey FOREIGN KEY (event_id) REFERENCES commercial.events(id) ON DELETE CASCADE;

ALTER TABLE commercial.fapiao_requests
  ADD CONSTRAINT fapiao_requests_payment_fkey FOREIGN KEY (payment_id) REFERENCES commercial.orders(id);

ALTER TABLE commercial.invitations
  ADD CONSTRAINT invitations_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id) ON DELETE CASCADE;

ALTER TABLE commercial.memberships
  ADD CONSTRAINT memberships_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id) ON DELETE CASCADE;

ALTER TABLE commercial.memberships
  ADD CONSTRAINT memberships_user_fkey FOREIGN KEY (user_id) REFERENCES commercial.users(id) ON DELETE CASCADE;

ALTER TABLE commercial.one_time_tokens
  ADD CONSTRAINT one_time_tokens_user_fkey FOREIGN KEY (user_id) REFERENCES commercial.users(id) ON DELETE CASCADE;

ALTER TABLE commercial.order_terms
  ADD CONSTRAINT order_terms_agreement_fkey FOREIGN KEY (agreement_id) REFERENCES commercial.payment_agreements(id);

ALTER TABLE commercial.order_terms
  ADD CONSTRAINT order_terms_payment_fkey FOREIGN KEY (payment_id) REFERENCES commercial.orders(id);

ALTER TABLE commercial.orders
  ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.orders
  ADD CONSTRAINT orders_plan_fkey FOREIGN KEY (plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.orders
  ADD CONSTRAINT orders_subscription_fkey FOREIGN KEY (subscription_id) REFERENCES commercial.subscriptions(id);

ALTER TABLE commercial.payment_agreements
  ADD CONSTRAINT payment_agreements_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.payment_refunds
  ADD CONSTRAINT payment_refunds_payment_fkey FOREIGN KEY (payment_id) REFERENCES commercial.orders(id);

ALTER TABLE commercial.plan_quotas
  ADD CONSTRAINT plan_quotas_plan_fkey FOREIGN KEY (plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.portal_sessions
  ADD CONSTRAINT portal_sessions_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.quota_balances
  ADD CONSTRAINT quota_balances_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.quota_balances
  ADD CONSTRAINT quota_balances_subscription_fkey FOREIGN KEY (subscription_id) REFERENCES commercial.subscriptions(id);

ALTER TABLE commercial.quota_events
  ADD CONSTRAINT quota_events_balance_fkey FOREIGN KEY (balance_id) REFERENCES commercial.quota_balances(id);

ALTER TABLE commercial.quota_holds
  ADD CONSTRAINT quota_holds_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.reconciliation_differences
  ADD CONSTRAINT reconciliation_differences_run_fkey FOREIGN KEY (reconciliation_id) REFERENCES commercial.reconciliations(id);

ALTER TABLE commercial.sessions
  ADD CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES commercial.users(id) ON DELETE CASCADE;

ALTER TABLE commercial.subscription_periods
  ADD CONSTRAINT subscription_periods_payment_fkey FOREIGN KEY (payment_id) REFERENCES commercial.orders(id);

ALTER TABLE commercial.subscription_periods
  ADD CONSTRAINT subscription_periods_plan_fkey FOREIGN KEY (plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.subscription_periods
  ADD CONSTRAINT subscription_periods_subscription_fkey FOREIGN KEY (subscription_id) REFERENCES commercial.subscriptions(id);

ALTER TABLE commercial.subscriptions
  ADD CONSTRAINT subscriptions_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.subscriptions
  ADD CONSTRAINT subscriptions_plan_fkey FOREIGN KEY (plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.subscriptions
  ADD CONSTRAINT subscriptions_scheduled_plan_fkey FOREIGN KEY (scheduled_plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.topups
  ADD CONSTRAINT topups_pack_fkey FOREIGN KEY (pack_id) REFERENCES commercial.topup_packs(id);

ALTER TABLE commercial.trials
  ADD CONSTRAINT trials_account_fkey FOREIGN KEY (account_id) REFERENCES commercial.accounts(id);

ALTER TABLE commercial.trials
  ADD CONSTRAINT trials_plan_fkey FOREIGN KEY (plan_id) REFERENCES commercial.subscription_plans(id);

ALTER TABLE commercial.users
  ADD CONSTRAINT users_personal_account_fkey FOREIGN KEY (personal_account_id) REFERENCES commercial.accounts(id);

INSERT INTO commercial.usage_rollup (counted_until) VALUES ('epoch');
