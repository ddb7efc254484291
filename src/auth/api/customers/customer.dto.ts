import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { IsPlainData } from '../../../http/is-plain-data.js';
import { IsText } from '../../../http/is-text.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { says } from '../../../problems/says.js';
import type { Customer } from '../../identity/customers/customer.entity.js';
import { EXTERNAL_ID } from '../../identity/customers/external-id.js';
import { MAX_DISPLAY_NAME } from '../../identity/users/display-name.js';
import { IsEmailAddress } from '../../identity/users/email.js';
import type { Locale } from '../../identity/users/user.entity.js';

const LOCALES = ['zh-CN', 'en'] as const satisfies readonly Locale[];

export class ExternalIdParamDto {
  /** The application's own id of its customer. @example user-4711 */
  @ApiProperty({ minLength: 1, maxLength: 128, pattern: EXTERNAL_ID.source })
  @Matches(
    EXTERNAL_ID,
    says('must be 1 to 128 of A-Z a-z 0-9 . _ : @ -', '必须是 1 至 128 个字符，仅限 A-Z a-z 0-9 . _ : @ -'),
  )
  externalId: string;
}

/** What is left out stays as it is; null takes it away. */
export class PutCustomerDto {
  /** Where mails about the subscription go. Nobody has to prove it. @example li.wei@example.com */
  @ApiProperty({ type: String, format: 'email', nullable: true, required: false })
  @IsOptional()
  @IsEmailAddress()
  email?: string | null;

  /** @example 李伟 */
  @ApiProperty({ type: String, nullable: true, required: false })
  @IsOptional()
  @IsText({ min: 1, max: MAX_DISPLAY_NAME })
  displayName?: string | null;

  /** The language of what the customer is sent; `zh-CN` by default. @example zh-CN */
  @ApiProperty({ enum: LOCALES, required: false })
  @IfGiven()
  @IsIn(LOCALES)
  locale?: Locale;

  /** Anything that the application wants to find again, at most 4 KiB. @example { "ward": "radiology" } */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true })
  @IsOptional()
  @IsPlainData({ maxBytes: 4096 })
  metadata?: Record<string, unknown> | null;
}

export class CustomerDto {
  /** @example user-4711 */
  externalId: string;

  /** @example 019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11 */
  @ApiProperty({ format: 'uuid' })
  accountId: string;

  /** @example li.wei@example.com */
  @ApiProperty({ type: String, format: 'email', nullable: true })
  email: string | null;

  /** @example 李伟 */
  @ApiProperty({ type: String, nullable: true })
  displayName: string | null;

  /** @example zh-CN */
  @ApiProperty({ enum: LOCALES })
  locale: Locale;

  /** @example { "ward": "radiology" } */
  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata: Record<string, unknown>;

  /** @example 2026-11-24T08:00:00.000Z */
  createdAt: Date;
}

export class CustomerPageDto {
  items: CustomerDto[];

  /** Asks for what follows; null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class CustomerQueryDto extends PageQueryDto {
  /** Only those with this address. @example li.wei@example.com */
  @ApiProperty({ type: String, format: 'email', required: false })
  @IsOptional()
  @IsEmailAddress()
  email?: string;
}

export class CustomerLinkDto {
  /** Where the link was sent. @example li.wei@example.com */
  @ApiProperty({ format: 'email' })
  email: string;

  /** @example 2026-12-01T08:00:00.000Z */
  expiresAt: Date;
}

export function customerView(customer: Customer): CustomerDto {
  const { externalId, accountId, email, displayName, locale, metadata, createdAt } = customer;
  return { externalId, accountId, email, displayName, locale, metadata, createdAt };
}
