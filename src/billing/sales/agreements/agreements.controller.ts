import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { StartedAgreementDto, AgreementDto, OpenAgreementDto } from './agreement.dto.js';
import { AgreementsService } from './agreements.service.js';

@ApiTags('subscriptions')
@Controller('subscriptions/current/agreement')
export class AgreementsController {
  constructor(private readonly agreements: AgreementsService) {}

  @Post()
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'createAgreement',
    summary: 'Start an agreement for automatic renewal',
    description:
      'The buyer signs at `signUrl`; from then on each renewal is charged a day before the paid time ends. Asked again ' +
      'while it is pending, it answers with the same agreement.',
  })
  @ApiCreatedResponse({ type: StartedAgreementDto })
  @ApiProblem('VALIDATION_FAILED', 'NO_SUBSCRIPTION', 'PLAN_IS_FREE', 'AGREEMENT_EXISTS')
  @ApiProblem('AGREEMENT_NOT_OFFERED', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  async open(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { provider, returnUrl }: OpenAgreementDto,
  ): Promise<StartedAgreementDto> {
    return {
      agreement: AgreementDto.of(await this.agreements.open(user, provider ?? null, returnUrl ?? null)),
    };
  }

  @Get()
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({
    operationId: 'getAgreement',
    summary: 'Get the newest agreement',
    description: 'Until it has ended, the channel is asked: its buyer signs and ends it there.',
  })
  @ApiOkResponse({ type: StartedAgreementDto })
  @ApiProblem('NOT_FOUND')
  async show(@CurrentUser() { accountId }: AuthenticatedUser): Promise<StartedAgreementDto> {
    return { agreement: AgreementDto.of(await this.agreements.refreshed(accountId)) };
  }

  @Delete()
  @Access('user', { scope: 'billing:write', service: 'billing' })
  @ApiOperation({
    operationId: 'endAgreement',
    summary: 'End the agreement',
    description:
      'At the channel first, then here. Where the channel doesn’t answer it is asked again until it does; nothing is ' +
      'charged meanwhile. The subscription goes on to the end of its paid time.',
  })
  @ApiOkResponse({ type: StartedAgreementDto })
  @ApiProblem('NOT_FOUND')
  async end(@CurrentUser() user: AuthenticatedUser): Promise<StartedAgreementDto> {
    return { agreement: AgreementDto.of(await this.agreements.end(user)) };
  }
}
