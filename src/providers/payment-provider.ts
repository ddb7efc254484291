import type { PaymentAgreements } from './payment-agreements.js';
import type { PaymentObservation, UnknownOutcome } from './payment-observation.js';
import type { PaymentOrder } from './payment-order.js';
import type { RawNotification } from './raw-notification.js';

/**
 * What billing asks of a payment channel. A provider speaks its channel's protocol and answers in these words
 * alone; it keeps no tables and touches no database. Amounts are integers in fen.
 *
 * Every answer is a closed union with `unknown` as a member: a time-out, an HTTP error, a bad signature on an answer.
 * Unknown never means failed; the caller finds out later by a query.
 */
export interface PaymentProvider {
  /** The name in the API and in the database: `alipay`, `wechat`, or a host's own. */
  readonly name: string;

  /** The ways to pay that `PaymentOrder.method` may name, the default first. Absent: there is one way, without a name. */
  readonly methods?: readonly string[];

  /** Charging by agreement, where the merchant may. Absent: every order needs its buyer. */
  readonly agreements?: PaymentAgreements;

  /** Opens an order at the channel, or makes its payment URL locally. Calling it again for one order is harmless. */
  createPayment(order: PaymentOrder): Promise<CreateResult>;

  /** Asks the channel what became of an order. An order that the channel doesn't know yet is `pending`. */
  queryPayment(orderId: string): Promise<PaymentObservation>;

  /** Closes an unpaid order so that it can't be paid any more, as far as the channel can. */
  closePayment(orderId: string): Promise<CloseResult>;

  /** Returns money. `refundNo` is the idempotency key: every retry carries the same one. */
  refund(refund: RefundOrder): Promise<RefundResult>;

  /** Asks the channel what became of a refund, be it one of ours or one that was made at the channel itself. */
  queryRefund(refund: RefundQuery): Promise<RefundResult>;

  /** Verifies a notification over its raw bytes and tells what it says. Never throws for what a stranger sent. */
  readNotification(notification: RawNotification): Promise<NotificationResult>;

  /**
   * Asks the channel by a harmless call whether the keys of both sides are right. Absent: it has no call for that.
   * Never rejects.
   */
  checkKeys?(): Promise<KeyCheck>;

  /** The answer that tells the channel to stop sending this notification. */
  readonly acknowledgement: NotificationAnswer;

  /** The answer that tells the channel to send it again, or that it was refused. */
  refusal(status: number, message: string): NotificationAnswer;

  /**
   * On which day's bill a refund stands: that on which it was asked for, done or not, or, by default, that on which it
   * was done.
   */
  readonly billsRefundsWhen?: 'asked' | 'done';

  /**
   * Streams the channel's own record of one day's payments and refunds, in no particular order; the iteration keeps
   * no more than a few lines in memory. Absent: this channel can't be reconciled.
   *
   * @param date the day in Beijing, `YYYY-MM-DD`; the bill is made on the next day after 10:00
   * @throws BillUnavailableError at the first step, where the channel has no bill of that day (yet)
   * @throws Error at any step, where the bill can't be read through to its end or isn't what the channel signed for
   */
  downloadBill?(date: string): AsyncIterable<BillLine | UnreadableRow>;
}

export type KeyCheck =
  | { outcome: 'right' }
  /** `reason` says which key is wrong, and what to compare. */
  | { outcome: 'wrong'; reason: string }
  | { outcome: 'unknown'; reason: string };

export type CreateResult =
  | {
      outcome: 'created';
      /** Where the buyer's browser goes. */
      paymentUrl: string | null;
      /** What the buyer scans. */
      qrCode: string | null;
      /** What the page's script hands to the channel's own (JSAPI), signed and as it expects it; else null. */
      prepay: Record<string, string> | null;
    }
  /** The channel answered with a certain no; the order does not exist there. */
  | { outcome: 'refused'; code: string; message: string }
  /** The order may exist at the channel. */
  | UnknownOutcome;

export type CloseResult =
  | {
      outcome: 'closed';
      /**
       * True where the channel has no order yet that it could close, and a link that was made before can still be paid
       * until it expires.
       */
      linkLives?: boolean;
    }
  /** Too late: it was paid. A query tells the facts. */
  | { outcome: 'paid' }
  | UnknownOutcome;

export interface RefundOrder {
  orderId: string;
  /** Alipay's `out_request_no`, WeChat's `out_refund_no`: at most 64 characters of `[0-9A-Za-z_-]`. */
  refundNo: string;
  amountFen: number;
  /** The whole order's amount: WeChat's `amount.total`. */
  orderAmountFen: number;
  currency: string;
  /** What the buyer reads, at most 80 characters; null for none. */
  reason: string | null;
  notifyUrl: string;
}

export interface RefundQuery extends Omit<RefundOrder, 'amountFen'> {
  /** Null where only the number is known: the answer tells the amount. An answer with another amount is `unknown`. */
  amountFen: number | null;
}

/** What a channel tells of a refund that it has. */
export interface RefundFacts {
  /** This refund's amount. */
  amountFen?: number;
  /** When the channel took it on. */
  acceptedAt?: Date;
  /** The sum of all refunds of the order so far, this one and those made at the channel itself included. */
  orderRefundedFen?: number;
}

export type RefundResult =
  | ({ outcome: 'succeeded'; refundedAt: Date | null } & RefundFacts)
  /** Accepted, not yet done: query again. */
  | ({ outcome: 'pending'; reason: string } & RefundFacts)
  /**
   * A certain no: the refund of this number has moved no money, and moves none until it is asked for again.
   * `passes`: the cause may pass, as a balance that is too low, and the same number may then be accepted.
   */
  | { outcome: 'failed'; code: string; message: string; passes?: true }
  /** The channel has no refund of this number: asking for it again is safe. Only a query answers it. */
  | { outcome: 'absent' }
  | UnknownOutcome;

export type NotificationRefusal =
  | 'bad_signature'
  /** The channel's own test traffic with a deliberately wrong signature: refused without alarm. */
  | 'probe'
  /** Its time is more than 300 s off. */
  | 'stale'
  | 'malformed'
  /** Well signed, but for another merchant, seller or app. */
  | 'foreign';

export type NotificationResult =
  | {
      outcome: 'refused';
      reason: NotificationRefusal;
      /** For the log; says which keys are held where the signature isn't right. */
      detail: string;
      /** The channel signed it, and it can't be read: a key of ours is wrong. No stranger can bring this about. */
      keyFault?: true;
    }
  /** Of one of our orders. What can't be read of it, or is missing, makes the observation `unknown`: the channel is asked. */
  | { outcome: 'payment'; notificationId: string; orderId: string; observation: PaymentObservation }
  | {
      outcome: 'refund';
      notificationId: string;
      orderId: string;
      /** The channel's own number of the payment; absent where it doesn't tell. */
      tradeNo?: string;
      /** Null where the channel doesn't say which refund it speaks of. */
      refundNo: string | null;
      /** `unknown` where the notice can't be read to its end: the channel is asked. */
      result: RefundResult;
      /** This one refund's amount, where the channel tells it. */
      amountFen: number | null;
      /** The sum of all refunds of the order so far, where the channel tells it. */
      refundedFen: number | null;
      /** The order's own amount, where the channel tells it: a notice with another one is refused. */
      orderAmountFen: number | null;
    };

/** One line of a channel's bill: money that came, or money that went back. */
export interface BillLine {
  kind: 'payment' | 'refund';
  /** The channel's `out_trade_no`; not necessarily an order of ours, since a merchant may sell elsewhere too. */
  orderId: string;
  /** Alipay's `out_request_no`, WeChat's `out_refund_no`; null for a payment, and where the channel doesn't tell. */
  refundNo: string | null;
  /** The channel's own number of the payment, for a refund too. */
  tradeNo: string;
  /** More than 0 for both kinds: the order's total, or what this one refund returned. */
  amountFen: number;
  at: Date;
}

/** A row of a bill that can't be told apart. It is reported to a person, and the rest of the bill is compared. */
export interface UnreadableRow {
  kind: 'unreadable';
  /** Where it stands below the heading, from 1. */
  row: number;
  reason: string;
  /** As it stands in the bill. */
  text: string;
}

export interface NotificationAnswer {
  status: number;
  contentType: string;
  body: string;
}
