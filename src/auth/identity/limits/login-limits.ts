import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { consume, keyOf, limiter } from './limiter.js';
import { LoginTrail } from './login-trail.js';
import { networkOf } from './network.js';
import { boundedTurns } from '../passwords/bounded-turns.js';
import { HASHES_AT_ONCE } from '../passwords/password-hasher.js';

/** Failed logins that one account, and one address, may have before the next try is refused. */
export const FAILURES_PER_ACCOUNT = 10;
export const FAILURES_PER_ADDRESS = 80;
const ACCOUNT_WINDOW_SECONDS = 15 * 60;
const ADDRESS_WINDOW_SECONDS = 5 * 60;
const KNOWN_FOR_SECONDS = 90 * 86_400;

/**
 * Counts failed logins, in the database and so over every process. A try is counted before the password is looked at
 * and given back when it was right, so that guesses sent at once can't all slip under the limit.
 *
 * Of IPv6, an address is a whole /64. One from which the account was signed in to before has tries of its own: whoever guesses from elsewhere can't
 * lock the owner out.
 */
@Injectable()
export class LoginLimits {
  private readonly perAccount: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;
  private readonly known: RateLimiterPostgres;
  /** Tries in flight count as failures until they end: without turns, many right logins at once would be refused. */
  private readonly turns = boundedTurns(HASHES_AT_ONCE);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource,
    private readonly trail: LoginTrail,
  ) {
    this.perAccount = limiter(dataSource, {
      keyPrefix: 'login-account',
      points: FAILURES_PER_ACCOUNT,
      duration: ACCOUNT_WINDOW_SECONDS,
    });
    this.perAddress = limiter(dataSource, {
      keyPrefix: 'login-address',
      points: FAILURES_PER_ADDRESS,
      duration: ADDRESS_WINDOW_SECONDS,
    });
    this.known = limiter(dataSource, { keyPrefix: 'login-known', points: 1, duration: KNOWN_FOR_SECONDS });
  }

  /**
   * @param verify answers null for a wrong password, which alone counts.
   * @throws Problem TOO_MANY_ATTEMPTS where the account or the address has used up its tries; that one isn't counted;
   * OVERLOADED where too many wait.
   */
  attempt<T>(email: string, address: string, verify: () => Promise<T | null>): Promise<T | null> {
    return this.turns(async () => {
      try {
        const verified = await this.counted(email, address, verify);
        if (verified === null) await this.trail.note('login.failed', email, address);
        return verified;
      } catch (error) {
        if (isLimit(error)) await this.trail.note('login.limited', email, address);
        throw error;
      }
    });
  }

  /** The owner is there, at that address. */
  async remember(email: string, address: string): Promise<void> {
    await this.known.set(keyOf(email, networkOf(address)), 1, KNOWN_FOR_SECONDS);
  }

  /** Who has shown otherwise that the account is theirs need not wait. */
  async forgive(email: string): Promise<void> {
    await this.perAccount.delete(keyOf(email));
  }

  private async counted<T>(
    email: string,
    address: string,
    verify: () => Promise<T | null>,
  ): Promise<T | null> {
    const from = keyOf(networkOf(address));
    const pair = keyOf(email, networkOf(address));
    const account = (await this.known.get(pair)) ? pair : keyOf(email);
    await consume(this.perAddress, from);
    try {
      await consume(this.perAccount, account);
    } catch (error) {
      await this.perAddress.reward(from);
      throw error;
    }
    const verified = await verify();
    if (verified !== null) {
      await this.perAddress.reward(from);
      await this.perAccount.delete(account);
      await this.remember(email, address);
    }
    return verified;
  }
}

function isLimit(error: unknown): boolean {
  return error instanceof Problem && error.code === 'TOO_MANY_ATTEMPTS';
}
