import { Injectable } from '@nestjs/common';
import { SubscriptionsService } from '../../billing/ledger/subscriptions/subscriptions.service.js';
import { SubscriptionDto } from '../../billing/sales/purchase/subscription.dto.js';
import { Clock } from '../../time/clock.js';
import { QuotaService } from '../debits/quota.service.js';
import type { CurrentSubscriptionDto } from './current-subscription.dto.js';
import { QuotaDto } from './quota.dto.js';

/** The subscription in force as the outside sees it, with its quotas. */
@Injectable()
export class CurrentSubscription {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly quota: QuotaService,
    private readonly clock: Clock,
  ) {}

  /** @returns null where none is in force */
  async of(accountId: string): Promise<CurrentSubscriptionDto | null> {
    const subscription = await this.subscriptions.inForce(accountId);
    if (!subscription) return null;
    const states = await this.quota.states(accountId);
    return {
      ...SubscriptionDto.of(subscription, this.clock.now()),
      quotas: states.map((state) => QuotaDto.of(state)),
    };
  }
}
