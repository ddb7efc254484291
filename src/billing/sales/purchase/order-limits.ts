import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { consume, keyOf, limiter } from '../../../auth/identity/limits/limiter.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { requireReturnUrl } from './return-url.js';

/** What holds for every order, whatever is bought. Asked before anything is written down or told to a channel. */
@Injectable()
export class OrderLimits {
  private readonly perAccount: RateLimiterPostgres | null;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {
    const points = options.ordersPerMinute ?? 0;
    this.perAccount = points > 0 ? limiter(dataSource, { keyPrefix: 'orders', points, duration: 60 }) : null;
  }

  /**
   * Counts an order.
   * @throws Problem VALIDATION_FAILED for a `returnUrl` whose origin isn't allowed; TOO_MANY_ATTEMPTS.
   */
  async admit(accountId: string, returnUrl: string | null): Promise<void> {
    requireReturnUrl(this.options, returnUrl);
    if (this.perAccount) await consume(this.perAccount, keyOf(accountId));
  }
}
