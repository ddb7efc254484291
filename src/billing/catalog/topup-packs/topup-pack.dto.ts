import { OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsInt, Matches, Max, Min } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsText } from '../../../http/is-text.js';
import { yuanFromFen } from '../../../money/fen.js';
import { IsYuan } from '../../../money/is-yuan.js';
import { says } from '../../../problems/says.js';
import type { TopupPack } from './topup-pack.entity.js';

export const TOPUP_PACK_CODE = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const CODE_SAYS = says(
  'must have 1 to 64 of a-z, 0-9, _ and -, beginning with a letter or digit',
  '必须是 1 至 64 个 a-z、0-9、_ 或 -，以字母或数字开头',
);

export class CreateTopupPackDto {
  /** @example "studies_50" */
  @Matches(TOPUP_PACK_CODE, CODE_SAYS)
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
  @Matches(TOPUP_PACK_CODE, CODE_SAYS)
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
