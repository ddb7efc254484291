import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../auth/identity/caller/current-user.decorator.js';
import { SubscriptionDto } from '../../billing/sales/purchase/subscription.dto.js';
import { SubscriptionsService } from '../../billing/ledger/subscriptions/subscriptions.service.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { CurrentSubscriptionDto } from './current-subscription.dto.js';
import { QuotaDto } from './quota.dto.js';
import { QuotaService } from '../debits/quota.service.js';

/** Lives here and not in billing since it shows the quota too, and billing knows nothing of quota. */
@ApiTags('subscriptions')
@Controller('subscriptions')
export class CurrentSubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly quota: QuotaService,
    private readonly clock: Clock,
  ) {}

  @Get('current')
  @Access('user', { scope: 'billing:read' })
  @ApiOperation({
    operationId: 'getCurrentSubscription',
    summary: 'Get the current subscription with its quotas',
  })
  @ApiOkResponse({ type: CurrentSubscriptionDto })
  @ApiProblem('NO_SUBSCRIPTION')
  async current(@CurrentUser() user: AuthenticatedUser): Promise<CurrentSubscriptionDto> {
    const subscription = await this.subscriptions.inForce(user.accountId);
    if (!subscription) throw new Problem('NO_SUBSCRIPTION');
    const states = await this.quota.states(user.accountId);
    return {
      ...SubscriptionDto.of(subscription, this.clock.now()),
      quotas: states.map((state) => QuotaDto.of(state)),
    };
  }
}
