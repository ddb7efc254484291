import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { PORTAL_FOR_ONESELF } from '../auth/access/refusals.js';
import { PortalSessions, type PortalRequest } from '../auth/credentials/sessions/portal-sessions.service.js';
import { Sessions } from '../auth/credentials/sessions/sessions.service.js';
import type { AuthenticatedUser } from '../auth/identity/caller/authenticated-user.js';
import { Customer } from '../auth/identity/customers/customer.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { inTransaction } from '../database/transaction.js';
import { Problem } from '../problems/problem.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import { PAGES_PATH } from './session-cookie.js';
import type { PortalLinkDto } from './portal-link.dto.js';

/** Makes links into the portal. */
@Injectable()
export class PortalLinks {
  constructor(
    @Inject(PAGES_OPTIONS) private readonly options: PagesOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly portals: PortalSessions,
    private readonly sessions: Sessions,
  ) {}

  /**
   * @param caller a user for themselves, or an application for its customer
   * @throws Problem FORBIDDEN where the user acts for an organization; NOT_FOUND for a customer erased meanwhile
   */
  async create(caller: AuthenticatedUser, wish: PortalRequest): Promise<PortalLinkDto> {
    if (caller.accountRole !== null)
      throw new Problem('FORBIDDEN', { params: { reason: PORTAL_FOR_ONESELF } });
    const { id: userId, accountId } = caller;
    const { token, expiresAt } = await inTransaction(this.dataSource, async (manager) => {
      if (caller.via !== 'token') await lockCustomer(manager, userId);
      else await this.sessions.lockCaller(manager, caller);
      return this.portals.create(manager, { userId, accountId }, wish);
    });
    const url = new URL(`${PAGES_PATH}/link`, this.options.publicUrl());
    url.hash = `token=${token}`;
    return { url: url.href, expiresAt };
  }
}

/** So that it is not erased meanwhile. */
async function lockCustomer(manager: EntityManager, id: string): Promise<void> {
  const lock = { mode: 'for_no_key_update' } as const;
  const customer = await manager.findOne(Customer, { where: { id, erasedAt: IsNull() }, lock });
  if (!customer) throw new Problem('NOT_FOUND', { params: { what: 'customer' } });
}
