import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { consume } from './limiter.js';

/**
 * Keeps one account's requests that change something from filling the database. Counted in this process: a counter in
 * the database would be a write more for each.
 */
@Injectable()
export class WriteLimits {
  private readonly perAccount: RateLimiterMemory | null;

  constructor(@Inject(AUTH_OPTIONS) { writesPerMinute: points = 0 }: AuthOptions) {
    this.perAccount = points > 0 ? new RateLimiterMemory({ points, duration: 60 }) : null;
  }

  /** @returns null where nothing is limited. @throws Problem TOO_MANY_ATTEMPTS. */
  count(accountId: string): Promise<void> | null {
    return this.perAccount && consume(this.perAccount, accountId);
  }
}
