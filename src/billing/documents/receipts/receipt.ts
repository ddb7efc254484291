import type { Person } from '../../../auth/identity/customers/person-of.js';
import type { Order } from '../../ledger/records/order.entity.js';
import type { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';

/** What a receipt says, before it is put into a language. Amounts in fen. */
export interface Receipt {
  orderId: string;
  /** Null: the receipt names no seller. */
  seller: string | null;
  buyer: string;
  subject: string;
  provider: string;
  tradeNo: string;
  paidAt: Date;
  amountFen: number;
  refundedFen: number;
  currency: string;
  /** What has gone back, oldest first, then what is on its way. */
  refunds: readonly { at: Date; amountFen: number; refundNo: string; isPending: boolean }[];
}

export function receiptOf(
  payment: Order & { paidAt: Date },
  buyer: Person | null,
  refunds: readonly PaymentRefund[],
  seller: string | null,
): Receipt {
  return {
    orderId: payment.orderId,
    seller,
    buyer: [buyer?.displayName, buyer?.email].filter(Boolean).join(' · ') || '—',
    subject: payment.subject || (payment.plan?.name ?? '—'),
    provider: payment.provider,
    tradeNo: payment.providerTradeNo ?? '—',
    paidAt: payment.paidAt,
    amountFen: payment.amountFen,
    refundedFen: payment.refundedFen,
    currency: payment.currency,
    refunds: refunds.map(({ settledAt, createdAt, amountFen, refundNo, status }) => ({
      at: settledAt ?? createdAt,
      amountFen,
      refundNo,
      isPending: status === 'pending',
    })),
  };
}
