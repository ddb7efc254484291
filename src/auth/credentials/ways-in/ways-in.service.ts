import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { Clock } from '../../../time/clock.js';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { OneTimeToken } from '../../identity/links/one-time-token.entity.js';
import { Invitation } from '../memberships/invitation.entity.js';
import { Sessions } from '../sessions/sessions.service.js';

/**
 * Every way into an account beside its password. The caller's transaction has locked the user's row: whatever makes a
 * session, a key or a link locks the same row.
 */
@Injectable()
export class WaysIn {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: Sessions,
  ) {}

  /** Ends the user's sessions, API keys and links. */
  async end(manager: EntityManager, userId: string): Promise<void> {
    const now = this.clock.now();
    await this.sessions.endOthers(manager, userId, null);
    await manager.update(ApiKey, { userId, revokedAt: IsNull() }, { revokedAt: now });
    await manager.update(OneTimeToken, { userId, usedAt: IsNull() }, { usedAt: now });
  }

  /**
   * The same, and withdraws the invitations that the user sent: for the moment in which somebody first shows that the
   * address is theirs. Until then anybody may have registered it.
   */
  async endWhatStrangersMade(manager: EntityManager, userId: string): Promise<void> {
    await this.end(manager, userId);
    const sent = { invitedBy: userId, closedAt: IsNull() };
    await manager.update(Invitation, sent, { closedAt: this.clock.now() });
  }
}
