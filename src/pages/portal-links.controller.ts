import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../problems/api-problem.decorator.js';
import { CustomerOfBody } from './customer-of-body.guard.js';
import { CreatePortalSessionDto, PortalLinkDto } from './portal-link.dto.js';
import { PortalLinks } from './portal-links.service.js';

/** A host's button that leads to the portal. */
@ApiTags('portal')
@Controller('portal-sessions')
export class PortalLinksController {
  constructor(private readonly links: PortalLinks) {}

  @Post()
  // Guards run from the lowest up: who the customer is comes before who may act for them.
  @Access('user', { apiKey: false, service: 'portal' })
  @UseGuards(CustomerOfBody)
  @ApiOperation({
    operationId: 'createPortalSession',
    summary: 'Create a link that opens the portal',
    description:
      'For a user, or with a service key for a customer. The link works once within 5 minutes, without a password, ' +
      'and opens the portal for an hour. That session can look at usage and orders, and buy; it makes no API keys.',
  })
  @ApiCreatedResponse({ type: PortalLinkDto, description: 'The link.' })
  @ApiProblem('VALIDATION_FAILED')
  create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { flow, returnUrl }: CreatePortalSessionDto,
  ): Promise<PortalLinkDto> {
    return this.links.create(user, { flow: flow ?? 'overview', returnUrl: returnUrl ?? null });
  }
}
