import { IsOptional, IsString, Matches } from 'class-validator';
import { IsText } from '../../http/is-text.js';
import { yuanFromFen } from '../../money/fen.js';
import type { PaymentRefund } from './payment-refund.entity.js';
import type { RefundStatus } from './refund-status.js';

export class CreateRefundDto {
  /** In yuan; without it, all that is left. @example "10.00" */
  @IsOptional()
  @IsString()
  @Matches(/^(?!0+(\.0{1,2})?$)(0|[1-9]\d{0,7})(\.\d{1,2})?$/, {
    message: 'amount must be a decimal string in yuan with at most two decimals, more than 0',
  })
  amount?: string;

  /** What the buyer reads. @example "重复购买" */
  @IsOptional()
  @IsText({ min: 1, max: 80 })
  reason?: string;
}

export class RefundDto {
  /** @format uuid */
  refundId: string;

  /** In yuan. @example "10.00" */
  amount: string;

  /** `pending` as long as its outcome isn't certain. */
  status: RefundStatus;

  reason: string | null;

  static of(refund: PaymentRefund): RefundDto {
    return {
      refundId: refund.id,
      amount: yuanFromFen(refund.amountFen),
      status: refund.status,
      reason: refund.reason,
    };
  }
}
