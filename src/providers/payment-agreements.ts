import type { RawNotification } from './raw-notification.js';
import type { PaymentObservation, UnknownOutcome } from './payment-observation.js';
import type { PaymentOrder } from './payment-order.js';

/**
 * What a channel can do for which a buyer has signed that the merchant may charge by itself (周期扣款, 委托代扣).
 * Optional: merchants have to apply for it. As everywhere, unknown never means failed.
 */
export interface PaymentAgreements {
  /** Makes the link at which the buyer signs. Calling it again for one agreement is harmless. */
  sign(request: AgreementRequest): Promise<SignResult>;

  /** Asks the channel what became of an agreement. One that it doesn't know, not yet or not any more, is `pending`. */
  query(agreementId: string): Promise<AgreementObservation>;

  /**
   * Charges an order on an agreement. The order's number is the idempotency key: a retry charges once. What the answer
   * leaves open is asked by `queryPayment`, and the order's notifications come as any order's.
   */
  charge(order: PaymentOrder, agreementNo: string): Promise<ChargeResult>;

  /** Ends an agreement; one that has ended stays so. */
  cancel(agreementId: string): Promise<CancelResult>;

  /** Reads a notification that tells of an agreement; null for one that doesn't, and for what can't be believed. */
  readNotification(notification: RawNotification): Promise<AgreementNotification | null>;
}

export interface AgreementRequest {
  /** Made by us, 32 characters of `[0-9A-Za-z]`; the channel's `external_agreement_no`. */
  agreementId: string;
  /** What the buyer reads as the account that is charged for, for example an e-mail address; null for none. */
  account: string | null;
  notifyUrl: string;
  /** Where the buyer's browser goes afterwards; proves nothing. */
  returnUrl: string | null;
}

export type SignResult =
  | { outcome: 'created'; signUrl: string }
  | { outcome: 'refused'; code: string; message: string }
  | UnknownOutcome;

export type AgreementObservation =
  /** Signed and in force. */
  | { outcome: 'active'; agreementNo: string; signedAt: Date | null }
  | { outcome: 'pending' }
  /** Ended by the buyer, by us or by its time; it can't come back. */
  | { outcome: 'ended' }
  | UnknownOutcome;

export type ChargeResult =
  | PaymentObservation
  /** The channel answered with a certain no: no money moved, and under this number none will. */
  | { outcome: 'refused'; code: string; message: string };

export type CancelResult = { outcome: 'ended' } | UnknownOutcome;

export interface AgreementNotification {
  notificationId: string;
  agreementId: string;
  observation: AgreementObservation;
}
