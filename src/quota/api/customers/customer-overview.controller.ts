import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import { customerView, CustomerDto, ExternalIdParamDto } from '../../../auth/api/customers/customer.dto.js';
import { Customers } from '../../../auth/credentials/customers/customers.service.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { QuotaService } from '../../debits/quota.service.js';
import { Entitlements } from '../../entitlements/entitlements.service.js';
import { CurrentSubscription } from '../current-subscription.js';
import { CurrentSubscriptionDto } from '../current-subscription.dto.js';
import { EntitlementDto } from '../entitlements/entitlement.dto.js';
import { QuotaDto } from '../quota.dto.js';

export class CustomerOverview extends CustomerDto {
  /** As GET /subscriptions/current; null where none is in force. */
  @ApiProperty({ type: () => CurrentSubscriptionDto, nullable: true })
  subscription: CurrentSubscriptionDto | null;

  quotas: QuotaDto[];

  entitlements: EntitlementDto[];
}

/** Lives here and not in auth since it tells of subscription, quota and entitlements, of which auth knows nothing. */
@ApiTags('customers')
@Controller('customers')
export class CustomerOverviewController {
  constructor(
    private readonly customers: Customers,
    private readonly subscription: CurrentSubscription,
    private readonly quota: QuotaService,
    private readonly entitlements: Entitlements,
  ) {}

  @Get(':externalId')
  @Access('service', { service: 'customers' })
  @ApiOperation({
    operationId: 'getCustomer',
    summary: 'Get a customer with subscription and quota',
    description: 'All that there is to know about one customer, entitlements included.',
  })
  @ApiOkResponse({ type: CustomerOverview })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async get(@Param() { externalId }: ExternalIdParamDto): Promise<CustomerOverview> {
    const customer = await this.customers.get(externalId);
    const { accountId } = customer;
    const subscription = await this.subscription.of(accountId);
    const [states, entitlements] = await Promise.all([
      this.quota.states(accountId),
      this.entitlements.of(accountId),
    ]);
    return {
      ...customerView(customer),
      subscription,
      quotas: states.map((state) => QuotaDto.of(state)),
      entitlements: entitlements.map(EntitlementDto.of),
    };
  }
}
