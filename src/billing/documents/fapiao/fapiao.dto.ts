import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';
import { IsEmailAddress } from '../../../auth/identity/users/email.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { yuanFromFen } from '../../../money/fen.js';
import type { FapiaoKind, FapiaoRequest } from './fapiao-request.entity.js';
import { FAPIAO_STATUSES, type FapiaoStatus } from './fapiao-status.js';
import { isTaxNumber } from './tax-number.js';
import { says } from '../../../problems/says.js';

const KINDS = ['personal', 'company'] as const satisfies readonly FapiaoKind[];

export class RequestFapiaoDto {
  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind: FapiaoKind;

  /** The name on the fapiao (发票抬头). @example "北京示例医院" */
  @IsText({ min: 1, max: 100 })
  title: string;

  /**
   * The unified social credit code (统一社会信用代码), 18 characters; a company has to give it.
   * @example "91440300708461136T"
   */
  @ApiProperty({ type: String, required: false })
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.trim().toUpperCase() : value))
  @ValidateBy(
    {
      name: 'isTaxNumber',
      validator: { validate: (value) => typeof value === 'string' && isTaxNumber(value) },
    },
    says(
      'must be a unified social credit code of 18 characters with its check character',
      '必须是 18 位统一社会信用代码，校验位须正确',
    ),
  )
  taxNumber?: string;

  /** Where it is sent. @example "finance@example.com" */
  @IsEmailAddress()
  email: string;
}

export class IssueFapiaoDto {
  /** From the tax system: 20 digits, or 8 of an older one. @example "24117000000012345678" */
  @Matches(
    /^(\d{20}|\d{8})$/,
    says('must be 20 digits, or 8 of an older fapiao', '必须是 20 位数字，旧版发票为 8 位'),
  )
  number: string;
}

export class RejectFapiaoDto {
  /** The customer reads it. @example "抬头与税号不符" */
  @IsText({ min: 1, max: 500 })
  reason: string;
}

export class FapiaoStatusQueryDto {
  @ApiProperty({ enum: FAPIAO_STATUSES, required: false })
  @IsOptional()
  @IsIn(FAPIAO_STATUSES)
  status?: FapiaoStatus;
}

export class FapiaoQueryDto extends PageQueryDto {
  @ApiProperty({ enum: FAPIAO_STATUSES, required: false })
  @IsOptional()
  @IsIn(FAPIAO_STATUSES)
  status?: FapiaoStatus;
}

export class FapiaoDto {
  /** @format uuid */
  id: string;

  /** @example "4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f" */
  orderId: string;

  @ApiProperty({ enum: KINDS })
  kind: FapiaoKind;

  /** @example "北京示例医院" */
  title: string;

  /** @example "91440300708461136T" */
  @ApiProperty({ type: String, nullable: true })
  taxNumber: string | null;

  /** @example "finance@example.com" */
  email: string;

  /** In yuan: what was paid less what had gone back. @example "99.00" */
  amount: string;

  /** `red_letter_due`: money went back after it was issued, so a red-letter fapiao has to follow. */
  @ApiProperty({ enum: FAPIAO_STATUSES })
  status: FapiaoStatus;

  /** @example "24117000000012345678" */
  @ApiProperty({ type: String, nullable: true })
  number: string | null;

  /** The red-letter fapiao's. */
  @ApiProperty({ type: String, nullable: true })
  redNumber: string | null;

  /** Why it was turned down. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  /** @format date-time */
  createdAt: string;

  /** @format date-time */
  updatedAt: string;

  static of(this: void, request: FapiaoRequest): FapiaoDto {
    const { id, orderId, kind, title, taxNumber, email, status, number, redNumber, reason } = request;
    return {
      id,
      orderId,
      kind,
      title,
      taxNumber,
      email,
      amount: yuanFromFen(request.amountFen),
      status,
      number,
      redNumber,
      reason,
      createdAt: request.createdAt.toISOString(),
      updatedAt: request.updatedAt.toISOString(),
    };
  }
}

export class FapiaoPageDto {
  items: FapiaoDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
