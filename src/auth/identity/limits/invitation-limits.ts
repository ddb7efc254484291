import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { mailboxOf } from '../users/email.js';
import { consume, keyOf, limiter } from './limiter.js';

/** Invitations that one mailbox gets in a day, from all organizations together. */
export const INVITATIONS_PER_MAILBOX = 3;
/** Invitations that one organization sends in an hour. */
export const INVITATIONS_PER_ORGANIZATION = 30;
/** Invitations that one person sends in an hour, for all their organizations together. */
export const INVITATIONS_PER_INVITER = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Keeps invitations from filling mailboxes: each of them is a mail that its reader has not asked for. */
@Injectable()
export class InvitationLimits {
  private readonly perMailbox: RateLimiterPostgres;
  private readonly perOrganization: RateLimiterPostgres;
  private readonly perInviter: RateLimiterPostgres;

  constructor(@Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource) {
    this.perMailbox = limiter(dataSource, {
      keyPrefix: 'invite-mailbox',
      points: INVITATIONS_PER_MAILBOX,
      duration: DAY_SECONDS,
    });
    this.perOrganization = limiter(dataSource, {
      keyPrefix: 'invite-organization',
      points: INVITATIONS_PER_ORGANIZATION,
      duration: HOUR_SECONDS,
    });
    this.perInviter = limiter(dataSource, {
      keyPrefix: 'invite-inviter',
      points: INVITATIONS_PER_INVITER,
      duration: HOUR_SECONDS,
    });
  }

  /**
   * Counts before the invitation is made, so that many at the same time can't all slip under a limit. One that is not
   * made, or refused by another limit, isn't counted.
   * @throws Problem TOO_MANY_ATTEMPTS.
   */
  async within<T>(
    { email, accountId, inviterId }: { email: string; accountId: string; inviterId: string },
    make: () => Promise<T>,
  ): Promise<T> {
    const counted: (() => Promise<unknown>)[] = [];
    const count = async (counter: RateLimiterPostgres, key: string) => {
      await consume(counter, key);
      counted.push(() => counter.reward(key));
    };
    try {
      await count(this.perInviter, keyOf(inviterId));
      await count(this.perOrganization, keyOf(accountId));
      await count(this.perMailbox, keyOf(mailboxOf(email)));
      return await make();
    } catch (error) {
      await Promise.all(counted.map((giveBack) => giveBack()));
      throw error;
    }
  }
}
