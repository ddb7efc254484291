import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { Customer, Payment, Plan } from '../types.js';
import type { FakeClock } from './clock.js';
import type { FakeOptions, FakePlan } from './options.js';
import { Ledger } from './ledger.js';
import { FakeProblem } from './problem.js';

export interface FakeCustomer extends Customer {
  ledger: Ledger;
}

interface Order {
  payment: Payment;
  customer: FakeCustomer;
  plan: Plan;
}

const ORDER_LIFE_MS = 30 * 60_000;

/** What the fake knows: plans, customers, orders. */
export class FakeDesk {
  readonly plans: readonly Plan[];
  readonly customers: Map<string, FakeCustomer> = new Map();
  private readonly resources: Readonly<Record<string, string>>;
  private readonly freePlan: string | null;
  private readonly orders: Order[] = [];

  constructor(
    { plans = DEFAULT_PLANS, resources = { dicom_processing: 'processing_count' }, freePlan }: FakeOptions,
    readonly clock: FakeClock,
  ) {
    this.plans = plans.map(completed);
    this.resources = resources;
    this.freePlan =
      freePlan === undefined ? (this.plans.find(({ code }) => code === 'free')?.code ?? null) : freePlan;
  }

  /** @throws FakeProblem PLAN_NOT_FOUND */
  plan(code: unknown): Plan {
    const plan = this.plans.find((candidate) => candidate.code === code);
    if (!plan) throw new FakeProblem('PLAN_NOT_FOUND', { planCode: code });
    return plan;
  }

  /** @returns undefined where the application knows no such resource type */
  quotaTypeOf(resourceType: unknown): string | undefined {
    return typeof resourceType === 'string' && Object.hasOwn(this.resources, resourceType)
      ? this.resources[resourceType]
      : undefined;
  }

  get resourceTypes(): string[] {
    return Object.keys(this.resources);
  }

  /** The customer, made where it isn't there. */
  open(externalId: string): FakeCustomer {
    const known = this.customers.get(externalId);
    if (known) return known;
    const customer: FakeCustomer = {
      externalId,
      accountId: newIdempotencyKey(),
      email: null,
      displayName: null,
      locale: 'zh-CN',
      metadata: {},
      createdAt: this.clock.now().toISOString(),
      ledger: new Ledger(() => this.clock.now().getTime()),
    };
    if (this.freePlan !== null) customer.ledger.subscribe(this.plan(this.freePlan));
    this.customers.set(externalId, customer);
    return customer;
  }

  /** @throws FakeProblem NOT_FOUND */
  known(externalId: string): FakeCustomer {
    const customer = this.customers.get(externalId);
    if (!customer) throw FakeProblem.missing('customer');
    return customer;
  }

  order(customer: FakeCustomer, plan: Plan, provider: string): Payment {
    const now = this.clock.now();
    const orderId = newIdempotencyKey().replaceAll('-', '');
    for (const { payment } of this.orders.filter((order) => order.customer === customer)) {
      if (payment.status === 'pending') payment.status = 'closed';
    }
    const payment = {
      orderId,
      provider,
      purpose: 'subscription',
      planCode: plan.code,
      amount: plan.price,
      currency: plan.currency,
      status: 'pending',
      refundedAmount: '0.00',
      providerTradeNo: null,
      paidAt: null,
      expiresAt: new Date(now.getTime() + ORDER_LIFE_MS).toISOString(),
      createdAt: now.toISOString(),
    } as unknown as Payment;
    this.orders.push({ payment, customer, plan });
    return payment;
  }

  /** Newest first. */
  paymentsOf(customer: FakeCustomer): Payment[] {
    const own = this.orders.filter((order) => order.customer === customer);
    return own.map(({ payment }) => this.upToDate(payment)).toReversed();
  }

  /** @throws FakeProblem NOT_FOUND */
  payment(customer: FakeCustomer, orderId: string): Payment {
    const found = this.paymentsOf(customer).find((payment) => payment.orderId === orderId);
    if (!found) throw FakeProblem.missing('payment');
    return found;
  }

  /** @throws Error where nobody is to pay that order */
  pay(orderId: string): void {
    const order = this.orders.find(({ payment }) => payment.orderId === orderId);
    if (order && this.upToDate(order.payment).status !== 'pending') {
      throw new Error(`order ${orderId} is ${order.payment.status}`);
    }
    if (!order) throw new Error(`there is no order ${orderId}`);
    const { payment, customer, plan } = order;
    payment.status = 'paid';
    payment.paidAt = this.clock.now().toISOString();
    payment.providerTradeNo = `fake${orderId}`;
    customer.ledger.subscribe(plan);
  }

  private upToDate(payment: Payment): Payment {
    const isLate = payment.expiresAt !== null && Date.parse(payment.expiresAt) <= this.clock.now().getTime();
    if (payment.status === 'pending' && isLate) payment.status = 'closed';
    return payment;
  }
}

function completed(plan: FakePlan): Plan {
  const { code } = plan;
  const rest = {
    name: code,
    description: '',
    price: '0.00',
    currency: 'CNY',
    billingCycle: 'monthly',
  } as const;
  return { id: newIdempotencyKey(), ...rest, features: {}, trialDays: 0, ...plan };
}

function defaultPlan(
  code: string,
  name: string,
  price: string,
  quotaLimit: number,
  features: Plan['features'],
): FakePlan {
  const quotas: Plan['quotas'] = [{ quotaType: 'processing_count', quotaLimit, quotaPeriod: 'month' }];
  return { code, name, price, quotas, features };
}

const DEFAULT_PLANS: readonly FakePlan[] = [
  defaultPlan('free', '免费版', '0.00', 10, { max_concurrent: 1, priority: 'low' }),
  defaultPlan('pro', '专业版', '99.00', 100, { max_concurrent: 3, priority: 'medium' }),
  defaultPlan('enterprise', '企业版', '999.00', 999_999, {
    max_concurrent: 10,
    priority: 'high',
    custom_support: true,
  }),
];
