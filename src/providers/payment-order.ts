export interface PaymentOrder {
  /** 32 characters of `[0-9A-Za-z]`; the channel's `out_trade_no`. */
  orderId: string;
  amountFen: number;
  currency: string;
  /** What the buyer reads, at most 127 characters. */
  subject: string;
  expiresAt: Date;
  /** Where the channel sends its notifications. */
  notifyUrl: string;
  /** Where the buyer's browser goes afterwards; proves nothing about the payment. */
  returnUrl: string | null;
  /** One of the provider's `methods`; null for its default. */
  method: string | null;
  payer: Payer;
}

/** What some methods need to know of the buyer; null where the caller doesn't know it. */
export interface Payer {
  /** The address that the buyer's device is seen with: WeChat's H5 asks for it. */
  ip: string | null;
  /** The buyer's id within the merchant's WeChat app: JSAPI asks for it. */
  openId: string | null;
}
