import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsRFC3339, IsUUID, Matches } from 'class-validator';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import type { PaymentStatus } from '../../ledger/records/payment-status.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { PaymentDto } from '../../ledger/orders/payment.dto.js';
import { says } from '../../../problems/says.js';

const STATUSES = [
  'pending',
  'paid',
  'closed',
  'failed',
  'partially_refunded',
  'refunded',
] as const satisfies readonly PaymentStatus[];

export class PaymentFilterDto {
  @ApiProperty({ enum: STATUSES, required: false })
  @IsOptional()
  @IsIn(STATUSES)
  status?: PaymentStatus;

  /** @example alipay */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, says('must be the name of a payment channel', '必须是支付渠道的名称'))
  provider?: string;

  /** The account that pays. */
  @ApiProperty({ type: String, format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  accountId?: string;

  /** Who ordered. */
  @ApiProperty({ type: String, format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  userId?: string;

  /** RFC 3339: ordered not before. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsRFC3339()
  from?: string;

  /** RFC 3339: ordered before. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  @IsOptional()
  @IsRFC3339()
  to?: string;
}

export class AdminPaymentsQueryDto extends IntersectionType(PageQueryDto, PaymentFilterDto) {}

/** A payment as administrators see it. */
export class AdminPaymentDto extends PaymentDto {
  /** The account that pays. @format uuid */
  accountId: string;

  /** Who ordered. @format uuid */
  userId: string;

  static override of(payment: Order): AdminPaymentDto {
    return { ...PaymentDto.of(payment), accountId: payment.accountId, userId: payment.userId };
  }
}

export class AdminPaymentListDto {
  items: AdminPaymentDto[];
  nextCursor: string | null;
}
