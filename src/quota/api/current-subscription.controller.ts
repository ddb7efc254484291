import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Problem } from '../../problems/problem.js';
import { CurrentSubscriptionDto } from './current-subscription.dto.js';
import { CurrentSubscription } from './current-subscription.js';

/** Lives here and not in billing since it shows the quota too, and billing knows nothing of quota. */
@ApiTags('subscriptions')
@Controller('subscriptions')
export class CurrentSubscriptionController {
  constructor(private readonly subscription: CurrentSubscription) {}

  @Get('current')
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @ApiOperation({
    operationId: 'getCurrentSubscription',
    summary: 'Get the current subscription with its quotas',
  })
  @ApiOkResponse({ type: CurrentSubscriptionDto })
  @ApiProblem('NO_SUBSCRIPTION')
  async current(@CurrentUser() user: AuthenticatedUser): Promise<CurrentSubscriptionDto> {
    const current = await this.subscription.of(user.accountId);
    if (!current) throw new Problem('NO_SUBSCRIPTION');
    return current;
  }
}
