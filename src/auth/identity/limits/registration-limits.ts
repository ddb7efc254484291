import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { consume, keyOf, limiter } from './limiter.js';
import { networkOf } from './network.js';

const WINDOW_SECONDS = 3_600;

/**
 * Keeps one network from registering without end, and from finding out who is registered: a try whose address is taken
 * counts as one that succeeds.
 */
@Injectable()
export class RegistrationLimits {
  private readonly perNetwork: RateLimiterPostgres | null;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource,
    @Inject(AUTH_OPTIONS) { registrationsPerHour: points = 0 }: AuthOptions,
  ) {
    const facts = { keyPrefix: 'register-network', points, duration: WINDOW_SECONDS };
    this.perNetwork = points > 0 ? limiter(dataSource, facts) : null;
  }

  /**
   * Counts before the password is hashed, which is what costs. What was refused for want of room isn't counted.
   * @throws Problem TOO_MANY_ATTEMPTS, and whatever `register` throws.
   */
  async attempt<T>(address: string, register: () => Promise<T>): Promise<T> {
    if (!this.perNetwork) return register();
    const key = keyOf(networkOf(address));
    await consume(this.perNetwork, key);
    try {
      return await register();
    } catch (error) {
      if (error instanceof Problem && error.code === 'OVERLOADED') await this.perNetwork.reward(key);
      throw error;
    }
  }
}
