import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { says } from '../../../problems/says.js';
import { TOPUP_PACK_CODE } from '../../catalog/topup-packs/topup-pack.dto.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import type { Topup } from '../../ledger/records/topup.entity.js';
import { PaymentChoiceDto } from '../purchase/payment-choice.dto.js';

export class BuyTopupDto extends OmitType(PaymentChoiceDto, ['provider']) {
  /** @example "studies_50" */
  @Matches(
    TOPUP_PACK_CODE,
    says('must be a pack’s code, as GET /topups lists them', '必须是加量包的代码，可用 GET /topups 查询'),
  )
  packCode: string;

  /** The channel to pay through: `alipay`, `wechat`, or one that the host added. @example "alipay" */
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, says('must be the name of a payment channel', '必须是支付渠道的名称'))
  provider: string;
}

export class TopupDto {
  /** Also the id of the balance that it becomes. @format uuid */
  id: string;

  /** @example "studies_50" */
  packCode: string;

  /** @example "processing_count" */
  quotaType: string;

  /** @example 50 */
  amount: number;

  /** @example 90 */
  validDays: number;

  /** Until when it can be used, exclusive; null until it is paid. @format date-time */
  validUntil: string | null;

  static of(this: void, { id, pack, quotaType, amount, validDays, validUntil }: Topup): TopupDto {
    const until = validUntil?.toISOString() ?? null;
    return { id, packCode: pack.code, quotaType, amount, validDays, validUntil: until };
  }
}

export class TopupPurchaseDto {
  topup: TopupDto;

  @ApiProperty({ type: PaymentInstructionDto })
  payment: PaymentInstructionDto;
}
