import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HoldExpiry } from './hold-expiry.js';
import { SubscriptionBalances } from '../balances/subscription-balances.js';

/** Brings what an account has up to date on first touch, so that no job has to run for a user to be right. */
@Injectable()
export class AccountRefresh {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly balances: SubscriptionBalances,
    private readonly expiry: HoldExpiry,
  ) {}

  /**
   * Makes the present period's balances, and gives back holds whose time is over. Callers of one account share one run.
   *
   * @param joined where given, in its transaction
   */
  refresh(accountId: string, joined?: EntityManager): Promise<void> {
    if (joined) return this.carryOut(accountId, joined);
    const running = this.running.get(accountId);
    if (running) return running;
    const started = this.carryOut(accountId).finally(() => this.running.delete(accountId));
    this.running.set(accountId, started);
    return started;
  }

  private async carryOut(accountId: string, joined?: EntityManager): Promise<void> {
    await this.balances.touch(accountId, joined);
    await this.expiry.expireOf(accountId, joined);
  }
}
