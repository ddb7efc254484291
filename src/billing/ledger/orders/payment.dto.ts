import { Matches } from 'class-validator';
import { yuanFromFen } from '../../../money/fen.js';
import type { PaymentStatus } from '../records/payment-status.js';
import type { PaymentPurpose, Order } from '../records/order.entity.js';
import { says } from '../../../problems/says.js';

/** What the buyer needs in order to pay. */
export class PaymentInstructionDto {
  /** The same string that the channel knows as out_trade_no. @example "4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f" */
  orderId: string;

  /** @example "alipay" */
  provider: string;

  /** In yuan. @example "99.00" */
  amount: string;

  /** @example "CNY" */
  currency: string;

  status: PaymentStatus;

  /** Send the buyer's browser there. */
  paymentUrl: string | null;

  /** Show it as a QR code. */
  qrCode: string | null;

  /** The way to pay, as the channel names it; null for a channel that has but one. @example "page" */
  method: string | null;

  /** Hand it to WeChat's own script in the page (`jsapi` only), as it is. */
  prepay: Record<string, string> | null;

  /** @format date-time */
  expiresAt: string;

  static of(payment: Order): PaymentInstructionDto {
    return {
      orderId: payment.orderId,
      provider: payment.provider,
      amount: yuanFromFen(payment.amountFen),
      currency: payment.currency,
      status: payment.status,
      paymentUrl: payment.paymentUrl ?? null,
      qrCode: payment.qrCode ?? null,
      method: payment.method ?? null,
      prepay: payment.prepay ?? null,
      expiresAt: payment.expiresAt.toISOString(),
    };
  }
}

export class PaymentDto extends PaymentInstructionDto {
  purpose: PaymentPurpose;

  /** Null for a top-up. @example "pro" */
  planCode: string | null;

  /** In yuan: what has gone back. @example "0.00" */
  refundedAmount: string;

  /** In yuan: what is on its way back, and has no outcome yet. @example "0.00" */
  refundPendingAmount: string;

  /** The channel's own number of the payment. */
  providerTradeNo: string | null;

  /** @format date-time */
  paidAt: string | null;

  /** @format date-time */
  createdAt: string;

  static override of(payment: Order): PaymentDto {
    return {
      ...PaymentInstructionDto.of(payment),
      purpose: payment.purpose,
      planCode: payment.plan?.code ?? null,
      refundedAmount: yuanFromFen(payment.refundedFen),
      refundPendingAmount: yuanFromFen(payment.refundPendingFen),
      providerTradeNo: payment.providerTradeNo ?? null,
      paidAt: payment.paidAt?.toISOString() ?? null,
      createdAt: payment.createdAt.toISOString(),
    };
  }
}

export class PaymentListDto {
  items: PaymentDto[];
  nextCursor: string | null;
}

export class OrderIdParamDto {
  /** @example "4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f" */
  @Matches(/^[0-9A-Za-z]{32}$/, says('must be 32 characters of 0-9A-Za-z', '必须是 32 个 0-9A-Za-z 字符'))
  orderId: string;
}
