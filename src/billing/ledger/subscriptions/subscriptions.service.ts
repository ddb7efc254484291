import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Clock } from '../../../time/clock.js';
import { isInForce, SubscriptionLifecycle } from './subscription-lifecycle.js';
import { SubscriptionProgress } from './subscription-progress.js';
import type { Subscription } from '../records/subscription.entity.js';

@Injectable()
export class SubscriptionsService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
  ) {}

  /** The subscription in force now, with its plan; null for none. A paid plan that waits for its money isn't. */
  async inForce(accountId: string): Promise<Subscription | null> {
    const live = await this.lifecycle.live(this.dataSource.manager, accountId);
    const now = this.clock.now();
    if (!live?.dueAt || live.dueAt > now) return live && isInForce(live, now) ? live : null;
    return inTransaction(this.dataSource, async (manager) => {
      await this.lifecycle.lockAccount(manager, accountId);
      return this.progress.catchUp(manager, accountId);
    });
  }
}
