import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { QuotaService } from '../../debits/quota.service.js';
import { HoldSettlementDto } from './holds.dto.js';
import { QuotaHolds } from '../../debits/quota-holds.js';

@ApiTags('administration')
@Controller('admin/quota/holds')
export class AdminHoldsController {
  constructor(
    private readonly holds: QuotaHolds,
    private readonly quota: QuotaService,
  ) {}

  @Post(':holdId/release')
  @HttpCode(200)
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'releaseAnyHold',
    summary: 'Release any hold',
    description: 'An administrator may release any hold. Releasing it again changes nothing.',
  })
  @ApiOkResponse({ type: HoldSettlementDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'HOLD_NOT_OPEN')
  async release(
    @CurrentUser() user: AuthenticatedUser,
    @UuidParam('holdId') holdId: string,
  ): Promise<HoldSettlementDto> {
    const { accountId, quotaType } = await this.holds.releaseByAdministrator(holdId, user.id);
    const states = await this.quota.states(accountId);
    return HoldSettlementDto.of({ holdId, status: 'released' }, quotaType, states);
  }
}
