/** The facts of a payment, from a verified answer or notification of our merchant and app. */
export interface PaidTrade {
  orderId: string;
  /** The channel's own number: Alipay's `trade_no`, WeChat's `transaction_id`. */
  tradeNo: string;
  /** The order's total, not what the buyer paid after the channel's coupons. */
  amountFen: number;
  currency: string;
  paidAt: Date;
}

/** Nothing is certain: the caller finds out later by a query. */
export interface UnknownOutcome {
  outcome: 'unknown';
  reason: string;
  /**
   * A key is wrong: what the channel signed doesn't verify here, or what was signed here doesn't there. `reason` says
   * which one, and what to compare.
   */
  keyFault?: true;
}

export type PaymentObservation =
  | { outcome: 'paid'; trade: PaidTrade }
  /** Was paid, and some or all of it went back. `refundedFen` is null where the answer doesn't tell how much. */
  | { outcome: 'refunded'; trade: PaidTrade; refundedFen: number | null }
  | { outcome: 'pending' }
  /** Nobody can pay it any more; with `linkLives` a link that was made before still can be, until it expires. */
  | { outcome: 'closed'; linkLives?: boolean }
  | UnknownOutcome;
