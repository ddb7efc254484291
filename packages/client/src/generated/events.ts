// Made from src/events/types/event-types.ts by `npm run client:types`: change it there, not here.

/** Every type of event there is. The list only grows: receivers rely on a name for good. */
export const EVENT_TYPES = [
  'subscription.activated',
  'subscription.renewed',
  'subscription.changed',
  'subscription.canceled',
  'subscription.expiring',
  'subscription.expired',
  'subscription.refunded',
  'payment.paid',
  'payment.failed',
  'payment.refunded',
  'payment.incident',
  'quota.threshold',
  'entitlements.changed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A subscription as it was when the event happened. */
export interface SubscriptionData {
  id: string;
  planCode: string;
  planName: string;
  status: string;
  /** RFC 3339; null where it has no such end, as a free plan. */
  currentPeriodStart: string | null;
  currentPeriodEnd: string | null;
  cancelAtPeriodEnd: boolean;
  /** When its trial ends, or ended; null where it began without one. */
  trialEndsAt: string | null;
}

/** An order as it was when the event happened; amounts are yuan with two decimals. */
export interface PaymentData {
  orderId: string;
  provider: string;
  purpose: string;
  /** Null for what isn't a plan. */
  planCode: string | null;
  planName: string | null;
  amount: string;
  currency: string;
  status: string;
  /** What has gone back. */
  refundedAmount: string;
  /** What is on its way back. */
  refundPendingAmount: string;
  paidAt: string | null;
}

/** One feature of an account's; `value` is null for a metered one. */
export interface EntitlementData {
  feature: string;
  type: 'boolean' | 'static' | 'metered';
  granted: boolean;
  value: boolean | number | string | null;
}

/** What each type tells. Public, and without secrets: it leaves the service. */
export interface EventDataOf {
  'subscription.activated': { subscription: SubscriptionData };
  'subscription.renewed': { subscription: SubscriptionData };
  'subscription.changed': { subscription: SubscriptionData; formerPlanCode: string };
  'subscription.canceled': { subscription: SubscriptionData };
  /**
   * `daysLeft` is whole days; 0 where the period has just ended. `trial`: it is one, and nothing is paid beyond it.
   * `autoRenewal`: the plan whose next period is charged by agreement, a day before the end or, at the end, within the
   * grace; null where nothing is charged.
   */
  'subscription.expiring': {
    subscription: SubscriptionData;
    daysLeft: number;
    trial: boolean;
    autoRenewal: { planCode: string; planName: string } | null;
  };
  'subscription.expired': { subscription: SubscriptionData };
  'subscription.refunded': { subscription: SubscriptionData };
  'payment.paid': { payment: PaymentData };
  /** A renewal's charge by agreement was refused; `reason` is the channel's code and words. */
  'payment.failed': { payment: PaymentData; reason: string };
  'payment.refunded': {
    payment: PaymentData;
    refund: { refundId: string; amount: string; reason: string | null };
  };
  /** `incident` as in GET /admin/payment-incidents, without its prefix: `paid_late`. */
  'payment.incident': { orderId: string; incident: string };
  /** `percent` is 80 or 100; `used` and `granted` are in the quota type's own units. */
  'quota.threshold': { quotaType: string; percent: number; used: number; granted: number };
  /** All of them, as they are from now on. */
  'entitlements.changed': { entitlements: EntitlementData[] };
}

/** One thing that happened, as a host's handlers and the webhooks' receivers learn it. */
export type CommercialEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    /** The same however often it is told: remember it, and work once. */
    id: string;
    type: T;
    /** Grows within a subscription, or within an account where `subscriptionId` is null. */
    sequence: number;
    /** RFC 3339, by the business clock. */
    timestamp: string;
    accountId: string;
    subscriptionId: string | null;
    data: EventDataOf[T];
  };
}[Type];
