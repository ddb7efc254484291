import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../../time/clock.js';
import { User } from '../users/user.entity.js';
import { createLinkToken, hashLinkToken } from './link-token.js';
import { OneTimeToken, type OneTimePurpose } from './one-time-token.entity.js';

const MINUTE_MS = 60_000;
export const LIFE_MINUTES: Record<OneTimePurpose, number> = {
  password_reset: 30,
  email_verification: 24 * 60,
};

@Injectable()
export class OneTimeTokens {
  constructor(private readonly clock: Clock) {}

  /** @returns the token, which takes the place of every earlier one for the purpose. */
  async issue(manager: EntityManager, userId: string, purpose: OneTimePurpose): Promise<string> {
    const createdAt = this.clock.now();
    await this.useUp(manager, userId, purpose);
    const token = createLinkToken();
    await manager.insert(OneTimeToken, {
      id: uuid(),
      userId,
      purpose,
      tokenHash: hashLinkToken(token),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + LIFE_MINUTES[purpose] * MINUTE_MS),
    });
    return token;
  }

  /** Whether it could be redeemed now: asked before any work that a made-up token shouldn't buy. */
  async isGood(manager: EntityManager, token: string, purpose: OneTimePurpose): Promise<boolean> {
    return (await this.find(manager, token, purpose)) !== null;
  }

  /**
   * Uses the token up, and with it every other for the purpose. Of many at once, one gets the user.
   * @returns the user, locked; null where the token is unknown, for another purpose, used, expired or of a deactivated
   * user.
   */
  async redeem(manager: EntityManager, token: string, purpose: OneTimePurpose): Promise<User | null> {
    const glimpse = await this.find(manager, token, purpose);
    if (!glimpse) return null;
    const user = await manager.findOneOrFail(User, {
      where: { id: glimpse.userId },
      lock: { mode: 'for_no_key_update' },
    });
    // Read again under the lock: what was good a moment ago may be used by now.
    if (user.deactivatedAt || !(await this.find(manager, token, purpose))) return null;
    await this.useUp(manager, user.id, purpose);
    return user;
  }

  private async useUp(manager: EntityManager, userId: string, purpose: OneTimePurpose): Promise<void> {
    await manager.update(OneTimeToken, { userId, purpose, usedAt: IsNull() }, { usedAt: this.clock.now() });
  }

  private async find(
    manager: EntityManager,
    token: string,
    purpose: OneTimePurpose,
  ): Promise<OneTimeToken | null> {
    const where = { tokenHash: hashLinkToken(token), purpose, usedAt: IsNull() };
    const found = await manager.findOneBy(OneTimeToken, where);
    return found && found.expiresAt > this.clock.now() ? found : null;
  }
}
