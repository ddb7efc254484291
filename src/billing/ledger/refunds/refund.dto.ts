import { IsBoolean, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsText } from '../../../http/is-text.js';
import { yuanFromFen } from '../../../money/fen.js';
import type { PaymentRefund, RefundOrigin } from '../records/payment-refund.entity.js';
import type { RefundStatus } from '../records/refund-status.js';
import { says } from '../../../problems/says.js';
import { OrderIdParamDto } from '../orders/payment.dto.js';

export class CreateRefundDto {
  /** In yuan; without it, all that is left. @example "10.00" */
  @IfGiven()
  @IsString()
  @Matches(
    /^(?!0+(\.0{1,2})?$)(0|[1-9]\d{0,7})(\.\d{1,2})?$/,
    says(
      'must be a decimal string in yuan with at most two decimals, more than 0',
      '必须是以元为单位的十进制字符串，最多两位小数，大于 0',
    ),
  )
  amount?: string;

  /** What the buyer reads. @example "重复购买" */
  @IsOptional()
  @IsText({ min: 1, max: 80 })
  reason?: string;

  /** Whether a partial refund ends the subscription too; a full one always does. @example false */
  @IfGiven()
  @IsBoolean()
  endSubscription?: boolean;
}

export class RefundParamDto extends OrderIdParamDto {
  /** @format uuid */
  @IsUUID()
  refundId: string;
}

export class RefundDto {
  /** @format uuid */
  refundId: string;

  /** In yuan. @example "10.00" */
  amount: string;

  /** `pending` as long as its outcome isn't certain. */
  status: RefundStatus;

  reason: string | null;

  /** Who wanted it: an administrator, a rule of ours, or somebody at the channel's own console. */
  origin: RefundOrigin;

  /** @format date-time */
  createdAt: string;

  /** When it became certain. @format date-time */
  settledAt: string | null;

  static of(refund: PaymentRefund): RefundDto {
    return {
      refundId: refund.id,
      amount: yuanFromFen(refund.amountFen),
      status: refund.status,
      reason: refund.reason,
      origin: refund.origin,
      createdAt: refund.createdAt.toISOString(),
      settledAt: refund.settledAt?.toISOString() ?? null,
    };
  }
}

export class RefundListDto {
  items: RefundDto[];
  nextCursor: string | null;
}

export class QuotaWorthDto {
  /** @example "processing_count" */
  quotaType: string;

  /** What the paid period gives. @example 100 */
  total: number;

  /** What of it can still be used. @example 40 */
  left: number;

  /** In yuan: `left` of `total` of the price, rounded down to the fen. @example "39.60" */
  worth: string;
}

export class RefundPreviewDto {
  /** In yuan: what can be refunded at most. @example "99.00" */
  refundable: string;

  /** In yuan: the share of the price that the paid time still to come has, rounded down to the fen. @example "49.50" */
  unusedTime: string;

  /** In yuan: the least that any of the quotas' rest is worth. @example "39.60" */
  unusedQuota: string;

  quotas: QuotaWorthDto[];

  /** In yuan: the least of the three. @example "39.60" */
  suggested: string;
}
