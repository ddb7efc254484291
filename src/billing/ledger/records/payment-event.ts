/** What happened to a payment, of its own accord. */
export type PaymentEvent =
  | 'payment.paid'
  | 'payment.closed'
  /** By an agreement; the order is `failed`. */
  | 'payment.charge_refused'
  | 'payment.refund_requested'
  | 'payment.refund_automatic'
  | 'payment.refund_at_channel'
  | 'payment.refunded'
  | 'payment.refund_failed'
  /** Asked for again under its own number, by a person or by schedule. */
  | 'payment.refund_retried'
  | 'payment.subscription_ended';

/** What a person should look at, though the books are right. */
export type PaymentIncident =
  /** Money came after the order was closed here. It was honoured, or goes back. */
  | 'incident.paid_late'
  /** The purchase was paid for already, so this money goes back. */
  | 'incident.paid_twice'
  /** The channel speaks of a second payment of one order: only its own console can return that. */
  | 'incident.second_trade'
  /** A signed word of the channel that doesn't fit the order. Nothing was changed. */
  | 'incident.observation_refused'
  /** A refund of ours was refused. */
  | 'incident.refund_failed'
  /** The channel tells of more refunds than there was money. Nothing was changed. */
  | 'incident.refund_exceeds_payment'
  /** The channel tells of a refund that isn't ours, and not of how much. */
  | 'incident.refund_of_unknown_amount'
  /** Money went back, at the channel itself, that had been credited towards a plan. That plan stays in force. */
  | 'incident.credit_refunded';
