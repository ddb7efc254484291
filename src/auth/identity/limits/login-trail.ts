import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../users/user.entity.js';
import { keyOf, limiter, secondsToWait } from './limiter.js';
import { networkOf } from './network.js';

/** Entries of failed and of limited logins that one network, and all together, cause in an hour. */
export const LOGIN_ENTRIES_PER_NETWORK = 20;
export const LOGIN_ENTRIES = 300;
const HOUR_SECONDS = 3600;
const WINDOW_SECONDS = 15 * 60;

export type LoginFailure = 'login.failed' | 'login.limited';

/**
 * Writes failed and limited logins into the audit log: the first of each in 15 minutes for one e-mail address from one
 * network. Nobody can fill the table; the request log has a line for each try.
 */
@Injectable()
export class LoginTrail {
  private readonly perPair: RateLimiterPostgres;
  private readonly perNetwork: RateLimiterPostgres;
  private readonly all: RateLimiterPostgres;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    const entries = (keyPrefix: string, points: number, duration: number) =>
      limiter(dataSource, { keyPrefix, points, duration });
    this.perPair = entries('login-entry-pair', 1, WINDOW_SECONDS);
    this.perNetwork = entries('login-entry-network', LOGIN_ENTRIES_PER_NETWORK, HOUR_SECONDS);
    this.all = entries('login-entry', LOGIN_ENTRIES, HOUR_SECONDS);
  }

  /** It asks and writes as much for an e-mail address that nobody has as for another. */
  async note(action: LoginFailure, email: string, address: string): Promise<void> {
    const network = networkOf(address);
    const hasRoom =
      (await secondsToWait(this.perPair, keyOf(action, email, network))) === null &&
      (await secondsToWait(this.perNetwork, keyOf(network))) === null &&
      (await secondsToWait(this.all, 'all')) === null;
    if (!hasRoom) return;
    const { manager } = this.dataSource;
    const user = await manager.findOne(User, { select: { id: true }, where: { email } });
    const subject = user
      ? { subjectType: 'user', subjectId: user.id }
      : { subjectType: 'login', subjectId: 'unknown' };
    await recordAudit(manager, { actorUserId: null, action, ...subject, detail: {}, at: this.clock.now() });
  }
}
