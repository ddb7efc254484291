import { Inject, Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { User } from '../../identity/users/user.entity.js';
import { EndedSessions } from './ended-sessions.service.js';
import type { PortalFlow } from './portal-flow.js';
import { PortalSession } from './portal-session.entity.js';
import { createPortalLinkToken, createPortalSessionToken, hashPortalToken } from './portal-token.js';

const MINUTE_MS = 60_000;
export const LINK_LIFE_MINUTES = 5;
export const PORTAL_LIFE_MINUTES = 60;

export interface PortalRequest {
  flow: PortalFlow;
  returnUrl: string | null;
}

/** Links that open the portal without a password, each once, and the short sessions behind them. */
@Injectable()
export class PortalSessions {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly ended: EndedSessions,
  ) {}

  /** The caller's transaction has locked the row of the user or customer. @returns the link's token */
  async create(
    manager: EntityManager,
    owner: { userId: string; accountId: string },
    wish: PortalRequest,
  ): Promise<{ token: string; expiresAt: Date }> {
    const createdAt = this.clock.now();
    const token = createPortalLinkToken();
    const expiresAt = new Date(createdAt.getTime() + LINK_LIFE_MINUTES * MINUTE_MS);
    // A session has at most an hour; what is left of it after that serves nobody.
    await manager.delete(PortalSession, { userId: owner.userId, expiresAt: LessThan(createdAt) });
    const row = { id: uuid(), ...owner, ...wish, linkHash: hashPortalToken(token), createdAt, expiresAt };
    await manager.insert(PortalSession, row);
    return { token, expiresAt };
  }

  /**
   * Opens the link. Of several at the same time, one succeeds.
   * @throws Problem INVALID_LINK for one that is unknown, expired or used, or whose owner is gone
   */
  open(linkToken: string): Promise<{ session: PortalSession; token: string }> {
    return inTransaction(this.dataSource, async (manager) => {
      const now = this.clock.now();
      const token = createPortalSessionToken();
      const { affected } = await manager.update(
        PortalSession,
        {
          linkHash: hashPortalToken(linkToken),
          openedAt: IsNull(),
          endedAt: IsNull(),
          expiresAt: MoreThan(now),
        },
        {
          openedAt: now,
          tokenHash: hashPortalToken(token),
          expiresAt: new Date(now.getTime() + PORTAL_LIFE_MINUTES * MINUTE_MS),
        },
      );
      const session = affected ? await this.find(manager, token) : null;
      if (!session) throw new Problem('INVALID_LINK');
      return { session, token };
    });
  }

  /** @returns null where the session is unknown or over */
  get(token: string): Promise<PortalSession | null> {
    return this.find(this.dataSource.manager, token);
  }

  /** Ends the session, its access tokens included. An unknown token ends nothing. */
  async end(token: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const session = await manager.findOneBy(PortalSession, { tokenHash: hashPortalToken(token) });
      if (!session) return;
      await manager.update(
        PortalSession,
        { id: session.id, endedAt: IsNull() },
        { endedAt: this.clock.now() },
      );
      await this.ended.add(manager, session.id);
    });
  }

  /** Ends every link and session of a user or customer, whose row the caller's transaction has locked. */
  async endAll(manager: EntityManager, userId: string): Promise<void> {
    const alive = { userId, endedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    for (const { id } of await manager.find(PortalSession, { select: { id: true }, where: alive })) {
      await this.ended.add(manager, id);
    }
    await manager.update(PortalSession, alive, { endedAt: this.clock.now() });
  }

  private async find(manager: EntityManager, token: string): Promise<PortalSession | null> {
    const session = await manager.findOneBy(PortalSession, {
      tokenHash: hashPortalToken(token),
      endedAt: IsNull(),
      expiresAt: MoreThan(this.clock.now()),
    });
    return session && (await this.ownerIsThere(manager, session.userId)) ? session : null;
  }

  private async ownerIsThere(manager: EntityManager, id: string): Promise<boolean> {
    if (await manager.existsBy(User, { id, deactivatedAt: IsNull() })) return true;
    return manager.existsBy(Customer, { id, erasedAt: IsNull() });
  }
}
