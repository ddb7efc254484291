import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUrl, Matches, MaxLength } from 'class-validator';
import { PORTAL_FLOWS, type PortalFlow } from '../auth/credentials/sessions/portal-flow.js';
import type { PortalSession } from '../auth/credentials/sessions/portal-session.entity.js';
import { EXTERNAL_ID } from '../auth/identity/customers/external-id.js';
import { says } from '../problems/says.js';
import { PageTokenDto } from './page-session.dto.js';

export class CreatePortalSessionDto {
  /**
   * With a service key: the customer, as in the header `X-Customer-Id`. A user leaves it out.
   * @example user-4711
   */
  @IsOptional()
  @IsString()
  @Matches(
    EXTERNAL_ID,
    says('must be 1 to 128 of A-Z a-z 0-9 . _ : @ -', '必须是 1 至 128 个 A-Z a-z 0-9 . _ : @ -'),
  )
  customer?: string;

  @ApiProperty({
    enum: PORTAL_FLOWS,
    required: false,
    default: 'overview',
    description: 'The page that the link opens.',
    example: 'plans',
  })
  @IsOptional()
  @IsIn(PORTAL_FLOWS)
  flow?: PortalFlow;

  /** Where the portal leads back to; http or https. @example "https://www.example.com/account" */
  @IsOptional()
  @MaxLength(256)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  returnUrl?: string;
}

export class PortalLinkDto {
  /**
   * Works once. Open it in the person's own browser.
   * @example https://billing.example.com/portal/link#token=ipl_2bq1VbfZp0TQ4cC7H0yU8mJvSx3dKcLrNnWg5eXa9Zo
   */
  url: string;

  /** When the link stops working: 5 minutes after it was made. */
  expiresAt: Date;
}

export class OpenPortalLinkDto {
  /**
   * What the link carries behind its `#`.
   * @example ipl_2bq1VbfZp0TQ4cC7H0yU8mJvSx3dKcLrNnWg5eXa9Zo
   */
  @IsString()
  @MaxLength(100)
  token: string;
}

/** A session that a portal link opened: it does what the portal does, and nothing else. */
export class PortalSessionDto {
  @ApiProperty({ enum: PORTAL_FLOWS, example: 'plans' })
  flow: PortalFlow;

  @ApiProperty({ type: String, nullable: true, example: 'https://www.example.com/account' })
  returnUrl: string | null;

  /** When it ends: an hour after the link was opened. */
  expiresAt: Date;
}

export class PageTokenOfAnyDto extends PageTokenDto {
  @ApiProperty({
    type: () => PortalSessionDto,
    nullable: true,
    description: 'Null for a sign-in by password.',
  })
  portal: PortalSessionDto | null;
}

export function portalSessionView({ flow, returnUrl, expiresAt }: PortalSession): PortalSessionDto {
  return { flow, returnUrl, expiresAt };
}
