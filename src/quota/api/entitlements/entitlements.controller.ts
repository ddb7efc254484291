import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Entitlements } from '../../entitlements/entitlements.service.js';
import { EntitlementDto, EntitlementListDto } from './entitlement.dto.js';

@ApiTags('entitlements')
@Controller('entitlements')
export class EntitlementsController {
  constructor(private readonly entitlements: Entitlements) {}

  @Get()
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({
    operationId: 'listEntitlements',
    summary: 'List entitlements',
    description: 'All features that plans can promise, granted or not.',
  })
  @ApiOkResponse({ type: EntitlementListDto })
  async list(@CurrentUser() { accountId }: AuthenticatedUser): Promise<EntitlementListDto> {
    return { items: (await this.entitlements.of(accountId)).map(EntitlementDto.of) };
  }

  @Get(':feature')
  @Access('user', { scope: 'quota:read', service: 'quota' })
  @ApiOperation({ operationId: 'getEntitlement', summary: 'Get one entitlement' })
  @ApiOkResponse({ type: EntitlementDto })
  @ApiProblem('NOT_FOUND')
  async one(
    @CurrentUser() { accountId }: AuthenticatedUser,
    @Param('feature') feature: string,
  ): Promise<EntitlementDto> {
    return EntitlementDto.of(await this.entitlements.one(accountId, feature));
  }
}
