import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsInt, Matches, Max, Min } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsText } from '../../../http/is-text.js';
import { yuanFromFen } from '../../../money/fen.js';
import { IsYuan } from '../../../money/is-yuan.js';
import { PaymentChoiceDto } from '../purchase/payment-choice.dto.js';
import { PaymentInstructionDto } from '../../ledger/orders/payment.dto.js';
import type { TopupPack } from '../../catalog/topup-packs/topup-pack.entity.js';
import type { Topup } from '../../ledger/records/topup.entity.js';
import { says } from '../../../problems/says.js';

const CODE = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const CODE_SAYS = says(
  'must have 1 to 64 of a-z, 0-9, _ and -, beginning with a letter or digit',
  '必须是 1 至 64 个 a-z、0-9、_ 或 -，以字母或数字开头',
);

export class CreateTopupPackDto {
  /** @example "studies_50" */
  @Matches(CODE, CODE_SAYS)
  code: string;

  /** @example "50 次加量包" */
  @IsText({ min: 1, max: 60 })
  name: string;

  /** @example "processing_count" */
  @Matches(/^[a-z][a-z0-9_]{0,63}$/, says('must be the name of a quota type', '必须是配额类型的名称'))
  quotaType: string;

  /** How much quota it gives. @example 50 */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  amount: number;

  /** In yuan. @example "49.00" */
  @IsYuan({ free: false })
  price: string;

  /** How many days it can be used, from the moment it is paid. @example 90 */
  @IsInt()
  @Min(1)
  @Max(3660)
  validDays: number;
}

/** What is left out stays. Orders that were made keep their terms. */
export class ChangeTopupPackDto extends PartialType(OmitType(CreateTopupPackDto, ['code', 'quotaType']), {
  skipNullProperties: false,
}) {
  /** True takes it off sale, false puts it on again. @example false */
  @IfGiven()
  @IsBoolean()
  archived?: boolean;
}

export class TopupPackCodeParamDto {
  /** @example "studies_50" */
  @Matches(CODE, CODE_SAYS)
  code: string;
}

export class TopupPackDto {
  /** @example "studies_50" */
  code: string;

  /** @example "50 次加量包" */
  name: string;

  /** @example "processing_count" */
  quotaType: string;

  /** @example 50 */
  amount: number;

  /** In yuan. @example "49.00" */
  price: string;

  /** @example "CNY" */
  currency: string;

  /** @example 90 */
  validDays: number;

  static of(this: void, pack: TopupPack): TopupPackDto {
    const { code, name, quotaType, amount, priceFen, currency, validDays } = pack;
    return { code, name, quotaType, amount, price: yuanFromFen(priceFen), currency, validDays };
  }
}

export class TopupPackListDto {
  items: TopupPackDto[];
}

export class AdminTopupPackDto extends TopupPackDto {
  archived: boolean;

  /** @format date-time */
  createdAt: string;

  static override of(this: void, pack: TopupPack): AdminTopupPackDto {
    return { ...TopupPackDto.of(pack), archived: pack.archived, createdAt: pack.createdAt.toISOString() };
  }
}

export class AdminTopupPackListDto {
  items: AdminTopupPackDto[];
  nextCursor: string | null;
}

export class BuyTopupDto extends OmitType(PaymentChoiceDto, ['provider']) {
  /** @example "studies_50" */
  @Matches(
    CODE,
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
