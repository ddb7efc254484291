/** The parts of the commercial service's answers that the story reads. */

export interface SignedIn {
  user: { id: string; email: string };
  accessToken: string;
}

export interface Plan {
  code: string;
  name: string;
  price: string;
  currency: string;
  billingCycle: string;
  quotas: { quotaType: string; quotaLimit: number }[];
}

export interface Quota {
  quotaType: string;
  used: number;
  limit: number;
  remaining: number;
  resetsAt: string;
}

export interface Subscription {
  plan: { code: string; name: string; price: string };
  status: string;
  currentPeriodStart: string;
  currentPeriodEnd: string;
  /** Null while the period is paid. */
  graceUntil: string | null;
  quotas: Quota[];
}

export interface Payment {
  orderId: string;
  provider: string;
  status: string;
  amount: string;
  currency: string;
  refundedAmount: string;
  providerTradeNo: string | null;
}

export interface Checkout {
  subscription: { status: string };
  payment: {
    orderId: string;
    amount: string;
    currency: string;
    paymentUrl: string | null;
    qrCode: string | null;
  };
}

/** What a renewal or a change of plan costs and does. */
export interface ChangeOffer {
  kind: string;
  effectiveAt: string;
  periodStart: string | null;
  periodEnd: string | null;
  price: string;
  credit: string;
  amount: string;
  currency: string;
}

export interface Change {
  change: ChangeOffer;
  /** Null where nothing is to be paid. */
  payment: Checkout['payment'] | null;
}

export interface MovedClock {
  now: string;
}

export interface QuotaCheck {
  allowed: boolean;
}

export interface Refund {
  refundId: string;
  amount: string;
  status: string;
}

export interface Usage {
  resourceId: string | null;
  cost: number;
  status: string;
}

export interface ProblemAnswer {
  code: string;
  detail: string;
  quota?: Quota;
}

export interface List<T> {
  items: T[];
  nextCursor: string | null;
}
