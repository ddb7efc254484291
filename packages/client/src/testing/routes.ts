import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { Entitlement, Plan } from '../types.js';
import type { FakeCustomer, FakeDesk } from './desk.js';
import { COST, METADATA, requireFields, RESOURCE_ID, TTL } from './input.js';
import type { LedgerUsage } from './ledger.js';
import { FakeProblem } from './problem.js';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface FakeAnswer {
  status: number;
  body: unknown;
}

interface Call extends FakeRequest {
  desk: FakeDesk;
  customer: FakeCustomer;
  /** What stands in the path's braces. */
  id: string;
}

type Handler = (call: Call) => FakeAnswer;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DEFAULT_TTL_SECONDS = 900;

const ok = (body: unknown): FakeAnswer => ({ status: 200, body });

/** For which a service key has to name a customer. */
const OF_CUSTOMER: Readonly<Record<string, Handler>> = {
  'GET /quota': ({ customer }) => ok({ items: customer.ledger.states() }),
  'POST /quota/check': ({ desk, customer, body }) => {
    requireFields(body, { resourceType: isResource(desk), cost: COST });
    return ok(customer.ledger.check(desk.quotaTypeOf(body['resourceType'])!, costOf(body)));
  },
  'POST /quota/consume': (call) => {
    requireFields(call.body, debitFields(call.desk));
    const usageId = newIdempotencyKey();
    return ok({ usageId, quota: debit(call, usageId, null) });
  },
  'POST /quota/holds': (call) => {
    const { desk, customer, body } = call;
    requireFields(body, { ...debitFields(desk), ttlSeconds: TTL });
    const holdId = newIdempotencyKey();
    const life = ((body['ttlSeconds'] as number | undefined) ?? DEFAULT_TTL_SECONDS) * 1000;
    const expiresAt = desk.clock.now().getTime() + life;
    const quota = debit(call, holdId, expiresAt);
    const priority = customer.ledger.subscription?.plan.features['priority'];
    return {
      status: 201,
      body: {
        holdId,
        expiresAt: new Date(expiresAt).toISOString(),
        priority: typeof priority === 'string' ? priority : null,
        quota,
      },
    };
  },
  'POST /quota/holds/{}/commit': (call) => {
    requireFields(call.body, { cost: COST });
    return settlement(call, 'committed', (call.body['cost'] as number | undefined) ?? null);
  },
  'POST /quota/holds/{}/release': (call) => settlement(call, 'released', 0),
  'POST /usage/{}/release': ({ customer, id }) => {
    requireUuid('usageId', id);
    const usage = customer.ledger.giveBack(id);
    return ok({ usageId: id, quota: customer.ledger.state(usage.quotaType) });
  },
  'GET /usage': ({ customer, query }) => {
    const limit = Number(query.get('limit') ?? 20);
    const from = Number(query.get('cursor') ?? 0);
    const all = customer.ledger.usages.toReversed();
    const nextCursor = from + limit < all.length ? String(from + limit) : null;
    return ok({ items: all.slice(from, from + limit).map(usageView), nextCursor });
  },
  'GET /entitlements': ({ desk, customer }) => ok({ items: entitlementsOf(desk, customer) }),
  'GET /entitlements/{}': ({ desk, customer, id }) => {
    const found = entitlementsOf(desk, customer).find(({ feature }) => feature === id);
    if (!found) throw FakeProblem.missing('feature');
    return ok(found);
  },
  'GET /subscriptions/current': ({ customer }) => ok(subscriptionOf(customer)),
  'POST /subscriptions': ({ desk, customer, body }) => {
    const plan = desk.plan(body['planCode']);
    if (customer.ledger.subscription?.plan.code === plan.code) {
      throw new FakeProblem('ALREADY_SUBSCRIBED', { planCode: plan.code });
    }
    if (Number(plan.price) === 0) {
      customer.ledger.subscribe(plan);
      return { status: 201, body: { subscription: subscriptionOf(customer), payment: null } };
    }
    const { orderId, provider, amount, currency, status, expiresAt } = desk.order(
      customer,
      plan,
      String(body['provider'] ?? 'alipay'),
    );
    const address = `http://fake.invalid/sandbox/cashier/${orderId}`;
    const links = { paymentUrl: address, qrCode: address };
    return {
      status: 201,
      body: {
        subscription: { ...pendingSubscription(plan) },
        payment: { orderId, provider, amount, currency, status, ...links, expiresAt },
      },
    };
  },
  'GET /payments': ({ desk, customer }) => ok({ items: desk.paymentsOf(customer), nextCursor: null }),
  'GET /payments/{}': ({ desk, customer, id }) => ok(desk.payment(customer, id)),
  'POST /payments/{}/close': ({ desk, customer, id }) => {
    const payment = desk.payment(customer, id);
    if (payment.status !== 'pending')
      throw new FakeProblem('PAYMENT_NOT_PENDING', { status: payment.status });
    payment.status = 'closed';
    return ok(payment);
  },
  'POST /portal-sessions': ({ desk }) => {
    const expiresAt = new Date(desk.clock.now().getTime() + 300_000).toISOString();
    const url = `http://fake.invalid/portal#session=${newIdempotencyKey()}`;
    return { status: 201, body: { url, expiresAt } };
  },
};

type DeskCall = Omit<Call, 'customer'>;

const OF_DESK: Readonly<Record<string, (call: DeskCall) => FakeAnswer>> = {
  'GET /plans': ({ desk }) => ok({ items: desk.plans }),
  'GET /topups': () => ok({ items: [] }),
  'GET /customers': ({ desk, query }) => {
    const email = query.get('email');
    const all = [...desk.customers.values()].filter((customer) => email === null || customer.email === email);
    return ok({ items: all.toReversed().map(customerView), nextCursor: null });
  },
  'PUT /customers/{}': ({ desk, id, body }) => {
    const status = desk.customers.has(id) ? 200 : 201;
    const customer = desk.open(id);
    for (const field of ['email', 'displayName', 'locale', 'metadata'] as const) {
      if (body[field] !== undefined) Object.assign(customer, { [field]: body[field] });
    }
    return { status, body: customerView(customer) };
  },
  'GET /customers/{}': ({ desk, id }) => {
    const customer = desk.known(id);
    const { ledger } = customer;
    const subscription = ledger.subscription ? subscriptionOf(customer) : null;
    const rest = { quotas: ledger.states(), entitlements: entitlementsOf(desk, customer) };
    return ok({ ...customerView(customer), subscription, ...rest });
  },
  'DELETE /customers/{}': ({ desk, id }) => {
    desk.known(id);
    desk.customers.delete(id);
    return { status: 204, body: undefined };
  },
};

/** @throws FakeProblem */
export function handle(desk: FakeDesk, customer: FakeCustomer | null, request: FakeRequest): FakeAnswer {
  const { route, id } = routeOf(request);
  const ofDesk = OF_DESK[route];
  if (ofDesk) return ofDesk({ ...request, desk, id });
  const handler = OF_CUSTOMER[route];
  if (!handler) throw new Error(`the fake has no ${route}: use the service with PAYMENTS_SANDBOX for that`);
  if (!customer) throw new FakeProblem('CUSTOMER_REQUIRED');
  return handler({ ...request, desk, customer, id });
}

const COLLECTIONS = /^\/(customers|entitlements|payments|usage|quota\/holds)\/([^/]+)/;

function routeOf({ method, path }: FakeRequest): { route: string; id: string } {
  const id = COLLECTIONS.exec(path)?.[2] ?? '';
  return { route: `${method} ${path.replace(COLLECTIONS, '/$1/{}')}`, id: decodeURIComponent(id) };
}

function isResource(desk: FakeDesk) {
  return (value: unknown) => desk.quotaTypeOf(value) !== undefined;
}

function debitFields(desk: FakeDesk) {
  return { resourceType: isResource(desk), cost: COST, resourceId: RESOURCE_ID, metadata: METADATA };
}

function costOf(body: Record<string, unknown>): number {
  return (body['cost'] as number | undefined) ?? 1;
}

function debit({ desk, customer, body }: Call, id: string, expiresAt: number | null) {
  const resourceType = body['resourceType'] as string;
  const resourceId = (body['resourceId'] as string | null | undefined) ?? null;
  const quotaType = desk.quotaTypeOf(resourceType)!;
  return customer.ledger.debit({ id, resourceType, resourceId, quotaType, cost: costOf(body), expiresAt });
}

function settlement({ customer, id }: Call, status: string, cost: number | null): FakeAnswer {
  requireUuid('holdId', id);
  const usage = customer.ledger.settle(id, cost);
  customer.ledger.states();
  return ok({ holdId: id, status, quota: customer.ledger.state(usage.quotaType) });
}

/** @throws FakeProblem VALIDATION_FAILED */
function requireUuid(name: string, value: string): void {
  requireFields({ [name]: value }, { [name]: (given) => UUID.test(String(given)) });
}

function usageView({ id, resourceType, resourceId, cost, status, createdAt }: LedgerUsage) {
  return { id, resourceType, resourceId, cost, status, createdAt: new Date(createdAt).toISOString() };
}

function customerView({ ledger: _ledger, ...customer }: FakeCustomer) {
  return customer;
}

function pendingSubscription(plan: Plan) {
  return {
    id: newIdempotencyKey(),
    plan,
    status: 'pending',
    currentPeriodStart: null,
    currentPeriodEnd: null,
    trialEndsAt: null,
    cancelAtPeriodEnd: false,
    graceUntil: null,
    scheduledPlanCode: null,
  };
}

/** @throws FakeProblem NO_SUBSCRIPTION */
function subscriptionOf({ accountId, ledger }: FakeCustomer) {
  const { subscription } = ledger;
  if (!subscription) throw new FakeProblem('NO_SUBSCRIPTION');
  return {
    ...pendingSubscription(subscription.plan),
    id: accountId,
    status: 'active',
    currentPeriodStart: new Date(subscription.start).toISOString(),
    currentPeriodEnd: new Date(subscription.end).toISOString(),
    quotas: ledger.states(),
  };
}

/** Every feature that any plan names: who hasn't it is told so. */
function entitlementsOf(desk: FakeDesk, { ledger }: FakeCustomer): Entitlement[] {
  const held = ledger.subscription?.plan.features ?? {};
  const features = [...new Set(desk.plans.flatMap((plan) => Object.keys(plan.features)))].sort();
  const named = features.map((feature): Entitlement => {
    const value = (held[feature] ?? null) as Entitlement['value'];
    const isSwitch = desk.plans.some((plan) => typeof plan.features[feature] === 'boolean');
    return isSwitch
      ? { feature, type: 'boolean', granted: value === true, value: null, quota: null }
      : { feature, type: 'static', granted: value !== null, value, quota: null };
  });
  const metered = ledger.states().map((quota): Entitlement => {
    return { feature: quota.quotaType, type: 'metered', granted: quota.remaining > 0, value: null, quota };
  });
  return [...named, ...metered];
}
