import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Problem } from '../../problems/problem.js';
import { HASHES_AT_ONCE } from '../passwords/password-hasher.js';

/** Failed logins that one account, and one address, may have before the next try is refused. */
export const FAILURES_PER_ACCOUNT = 10;
export const FAILURES_PER_ADDRESS = 80;
const ACCOUNT_WINDOW_SECONDS = 15 * 60;
const ADDRESS_WINDOW_SECONDS = 5 * 60;

/**
 * Counts failed logins, in the database and so over every process. A try is counted before the password is looked at
 * and given back when it was right, so that guesses sent at once can't all slip under the limit.
 */
@Injectable()
export class LoginLimits {
  private readonly perAccount: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;
  /** Tries in flight count as failures until they end: without turns, many right logins at once would be refused. */
  private readonly turns = pLimit(HASHES_AT_ONCE);

  constructor(@Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource) {
    const store = {
      storeClient: dataSource,
      // Takes the connection pool from the DataSource at each use, so it may still be closed now.
      storeType: 'typeorm',
      schemaName: 'commercial',
      tableName: 'rate_limits',
      tableCreated: true,
    };
    this.perAccount = new RateLimiterPostgres({
      ...store,
      keyPrefix: 'login-account',
      points: FAILURES_PER_ACCOUNT,
      duration: ACCOUNT_WINDOW_SECONDS,
      // Of both: they share the table.
      clearExpiredByTimeout: true,
    });
    this.perAddress = new RateLimiterPostgres({
      ...store,
      keyPrefix: 'login-address',
      points: FAILURES_PER_ADDRESS,
      duration: ADDRESS_WINDOW_SECONDS,
      clearExpiredByTimeout: false,
    });
  }

  /**
   * @param verify answers null for a wrong password, which alone counts.
   * @throws Problem TOO_MANY_ATTEMPTS where the account or the address has used up its tries; that one isn't counted.
   */
  attempt<T>(email: string, address: string, verify: () => Promise<T | null>): Promise<T | null> {
    return this.turns(() => this.counted(keyOf(email), keyOf(address), verify));
  }

  private async counted<T>(
    account: string,
    address: string,
    verify: () => Promise<T | null>,
  ): Promise<T | null> {
    await consume(this.perAddress, address);
    try {
      await consume(this.perAccount, account);
    } catch (error) {
      await this.perAddress.reward(address);
      throw error;
    }
    const verified = await verify();
    if (verified !== null) {
      await this.perAddress.reward(address);
      await this.perAccount.delete(account);
    }
    return verified;
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.ceil(refused.msBeforeNext / 1000);
    throw new Problem('TOO_MANY_ATTEMPTS', { params: { seconds }, retryAfterSeconds: seconds });
  }
}

/** The table's keys are short, and needn't tell who tried to sign in from where. */
function keyOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url');
}
