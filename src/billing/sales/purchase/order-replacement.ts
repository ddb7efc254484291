import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { PaymentInquiry } from '../../settlement/settle/payment-inquiry.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';

/** How often a parallel order may get in between before this one goes ahead, and closes that one after its commit. */
const ATTEMPTS = 3;

export interface Surroundings {
  /** Whether to close `replaced` before anything is placed. */
  mustWait: boolean;
  /** Orders that wait for their money, and that the new one takes the place of. */
  replaced: readonly Order[];
}

/** Places orders in the place of those that still wait for their money. */
@Injectable()
export class OrderReplacement {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly inquiry: PaymentInquiry,
  ) {}

  /**
   * Closes what waits, at its channel first, then runs `place` in a transaction with the account locked.
   *
   * @param waiting the orders that the new one takes the place of
   * @param place answers null where `mustWait` says that another order came in between, which is closed then; where it
   *   doesn't have to wait it is told which orders are still open, and are closed after it
   */
  async inPlaceOf<T>(
    accountId: string,
    waiting: (manager: EntityManager) => Promise<readonly Order[]>,
    place: (manager: EntityManager, lookAround: () => Promise<Surroundings>) => Promise<T | null>,
  ): Promise<T> {
    let replaced: readonly Order[] = await waiting(this.dataSource.manager);
    let placed: T | null = null;
    for (let attempt = 1; ; attempt += 1) {
      for (const order of replaced) await this.inquiry.close(order);
      if (placed !== null) return placed;
      placed = await inTransaction(this.dataSource, async (manager) => {
        replaced = [];
        await this.lifecycle.lockAccount(manager, accountId);
        return place(manager, async () => {
          replaced = await waiting(manager);
          return { mustWait: attempt < ATTEMPTS && replaced.length > 0, replaced };
        });
      });
    }
  }
}
