import { AccountCredit } from '../../../src/billing/ledger/records/account-credit.entity.js';
import { CouponRedemption } from '../../../src/billing/ledger/records/coupon-redemption.entity.js';
import { OrderTerms } from '../../../src/billing/ledger/records/order-terms.entity.js';
import { Order } from '../../../src/billing/ledger/records/order.entity.js';
import { SubscriptionPlan } from '../../../src/billing/catalog/plans/subscription-plan.entity.js';
import { PaymentRefund } from '../../../src/billing/ledger/records/payment-refund.entity.js';
import { SubscriptionPeriod } from '../../../src/billing/ledger/records/subscription-period.entity.js';
import { Subscription } from '../../../src/billing/ledger/records/subscription.entity.js';
import { Topup } from '../../../src/billing/ledger/records/topup.entity.js';
import { Trial } from '../../../src/billing/ledger/records/trial.entity.js';
import { QuotaBalance } from '../../../src/quota/balances/quota-balance.entity.js';
import type { Book } from './book.js';
import type { BookChannel } from './book-channel.js';
import type { Entity } from './table.js';

/** All that the book has of one account. */
export interface AccountBook {
  subscriptions: readonly Subscription[];
  /** By subscription, the earliest first; those that were taken back before they began are left out. */
  periods: ReadonlyMap<string, readonly SubscriptionPeriod[]>;
  allPeriods: readonly SubscriptionPeriod[];
  payments: ReadonlyMap<string, Order>;
  /** By payment. */
  refunds: ReadonlyMap<string, readonly PaymentRefund[]>;
  credits: readonly AccountCredit[];
  balances: readonly QuotaBalance[];
  redemptions: readonly CouponRedemption[];
  /** By payment, of those with a coupon. */
  terms: ReadonlyMap<string, OrderTerms>;
  trials: readonly Trial[];
  topups: readonly Topup[];
  plans: ReadonlyMap<string, SubscriptionPlan>;
  channel: BookChannel;
  now: Date;
}

/** What must hold for an account after every deed: each counts what breaks the sentence that names it. */
export type Rules = Readonly<Record<string, (account: AccountBook) => number>>;

export function readAccount(book: Book, channel: BookChannel, accountId: string, now: Date): AccountBook {
  const read = <T>(entity: Entity, where: Record<string, unknown>) =>
    book.rows(entity, where) as unknown as T[];
  const subscriptions = read<Subscription>(Subscription, { accountId });
  const payments = read<Order>(Order, { accountId });
  const redemptions = read<CouponRedemption>(CouponRedemption, { accountId });
  const terms = redemptions.flatMap(({ paymentId }) =>
    paymentId ? read<OrderTerms>(OrderTerms, { paymentId }) : [],
  );
  const periods = new Map(
    subscriptions.map(({ id }) => [id, read<SubscriptionPeriod>(SubscriptionPeriod, { subscriptionId: id })]),
  );
  return {
    subscriptions,
    allPeriods: [...periods.values()].flat(),
    periods: new Map([...periods].map(([id, all]) => [id, all.filter(isNotEmpty).sort(byStart)])),
    payments: new Map(payments.map((payment) => [payment.id, payment])),
    refunds: new Map(payments.map(({ id }) => [id, read<PaymentRefund>(PaymentRefund, { paymentId: id })])),
    credits: read<AccountCredit>(AccountCredit, { accountId }),
    balances: read<QuotaBalance>(QuotaBalance, { accountId }),
    redemptions,
    terms: new Map(terms.map((one) => [one.paymentId, one])),
    trials: read<Trial>(Trial, { accountId }),
    topups: read<Topup>(Topup, { accountId }),
    plans: new Map(read<SubscriptionPlan>(SubscriptionPlan, {}).map((plan) => [plan.id, plan])),
    channel,
    now,
  };
}

/** Until when a period counted. */
export function endOf({ endedAt, endsAt }: SubscriptionPeriod): number {
  return (endedAt ?? endsAt).getTime();
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function count<T>(all: readonly T[], isBroken: (one: T, index: number) => boolean): number {
  let broken = 0;
  for (const [index, one] of all.entries()) if (isBroken(one, index)) broken += 1;
  return broken;
}

function isNotEmpty({ endedAt, startsAt }: SubscriptionPeriod): boolean {
  return endedAt?.getTime() !== startsAt.getTime();
}

function byStart(a: SubscriptionPeriod, b: SubscriptionPeriod): number {
  return a.startsAt.getTime() - b.startsAt.getTime();
}
