import { Inject, Injectable } from '@nestjs/common';
import { In, type DataSource } from 'typeorm';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import type { SessionDto } from './session.dto.js';
import { Session } from '../../credentials/sessions/session.entity.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';

/** What users see of their sign-ins, and end. */
@Injectable()
export class OwnSessions {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
  ) {
    this.audit = new AuditTrail('session', clock);
  }

  /** Newest first, those that can still be refreshed. */
  async list(caller: AuthenticatedUser, query: PageQueryDto): Promise<Page<SessionDto>> {
    // A family's first token has the family's id, lives as long and is ended with it.
    const builder = this.dataSource
      .createQueryBuilder(Session, 'session')
      .where('session.userId = :userId AND session.id = session.familyId', { userId: caller.id })
      .andWhere('session.revokedAt IS NULL AND session.expiresAt > :now', { now: this.clock.now() });
    const page = await readPage(builder, query, (first) => first);
    const lastUsed = await this.lastUsed(page.items.map((first) => first.id));
    const items = page.items.map(({ id, userAgent, createdAt, expiresAt }) => ({
      id,
      userAgent,
      current: id === caller.sessionId,
      createdAt,
      lastUsedAt: lastUsed.get(id) ?? createdAt,
      expiresAt,
    }));
    return { items, nextCursor: page.nextCursor };
  }

  /** @throws Problem NOT_FOUND, for another user's session too. */
  async end(caller: AuthenticatedUser, id: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await this.sessions.lockUser(manager, caller.id);
      const ended = await this.sessions.endFamily(manager, caller.id, id);
      if (!ended) throw new Problem('NOT_FOUND', { params: { what: 'session' } });
      await this.audit.note(manager, caller.id, 'session.ended', id, {});
    });
  }

  async endOthers(caller: AuthenticatedUser): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await this.sessions.lockUser(manager, caller.id);
      await this.sessions.endOthers(manager, caller.id, caller.sessionId);
      await this.audit.note(manager, caller.id, 'session.others_ended', caller.sessionId ?? '', {});
    });
  }

  private async lastUsed(families: string[]): Promise<Map<string, Date>> {
    const rows = await this.dataSource
      .createQueryBuilder(Session, 'session')
      .select('session.familyId', 'family')
      .addSelect('max(session.createdAt)', 'at')
      .where({ familyId: In(families) })
      .groupBy('session.familyId')
      .getRawMany<{ family: string; at: Date }>();
    return new Map(rows.map(({ family, at }) => [family, at]));
  }
}
