import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Clock } from '../../time/clock.js';
import { isInForce, SubscriptionLifecycle } from './subscription-lifecycle.js';
import type { Subscription } from './subscription.entity.js';

@Injectable()
export class SubscriptionsService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
  ) {}

  /** The subscription in force now, with its plan; null for none. A paid plan that waits for its money isn't. */
  async inForce(accountId: string): Promise<Subscription | null> {
    const subscription = await this.lifecycle.live(this.dataSource.manager, accountId);
    return subscription && isInForce(subscription, this.clock.now()) ? subscription : null;
  }
}
