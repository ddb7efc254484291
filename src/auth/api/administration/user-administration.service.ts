import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { everyRow, readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User, type Role } from '../../identity/users/user.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { Memberships } from '../../credentials/memberships/memberships.service.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import {
  managedUser,
  type ManagedUserDto,
  type ManagedUserFilterDto,
  type ManagedUserQueryDto,
} from './managed-user.dto.js';

/** What administrators do to users. Each deed and its entry in the audit log are one transaction. */
@Injectable()
export class UserAdministration {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
    private readonly memberships: Memberships,
  ) {}

  /** Newest first. */
  list(query: ManagedUserQueryDto): Promise<Page<ManagedUserDto>> {
    return readPage(this.filtered(query), query, managedUser);
  }

  /** All that {@link list} would list; who asked for it goes into the audit log, but no address that was searched for. */
  async export(
    actor: AuthenticatedUser,
    filter: ManagedUserFilterDto,
  ): Promise<AsyncIterable<ManagedUserDto>> {
    const { role = null, status = null, search } = filter;
    await recordAudit(this.dataSource.manager, {
      actorUserId: actor.id,
      action: 'users.exported',
      subjectType: 'users',
      subjectId: 'all',
      detail: { role, status, searched: search !== undefined },
      at: this.clock.now(),
    });
    return everyRow(() => this.filtered(filter), managedUser);
  }

  private filtered(query: ManagedUserFilterDto): SelectQueryBuilder<User> {
    const builder = this.dataSource.createQueryBuilder(User, 'user').where('user.erasedAt IS NULL');
    if (query.role) builder.andWhere('user.role = :role', { role: query.role });
    if (query.status === 'active') builder.andWhere('user.deactivatedAt IS NULL');
    if (query.status === 'deactivated') builder.andWhere('user.deactivatedAt IS NOT NULL');
    if (query.search) {
      builder.andWhere('(user.email ILIKE :search OR user.displayName ILIKE :search)', {
        search: `%${literally(query.search)}%`,
      });
    }
    return builder;
  }

  /** @throws Problem NOT_FOUND. */
  async get(id: string): Promise<ManagedUserDto> {
    return managedUser(found(await this.dataSource.manager.findOneBy(User, { id, erasedAt: IsNull() })));
  }

  /**
   * Deactivates a user: sessions end immediately, access tokens and API keys are refused within a second. A second time
   * it changes nothing.
   * @throws Problem NOT_FOUND; LAST_ADMINISTRATOR; LAST_OWNER, naming the organizations that would have members but no
   * owner who can act.
   */
  deactivate(actor: AuthenticatedUser, id: string, reason: string | null): Promise<ManagedUserDto> {
    return this.change(id, async (manager, user) => {
      if (user.deactivatedAt) return;
      if (user.role === 'admin') await this.requireAnotherAdministrator(manager, id);
      await this.memberships.requireSuccessors(manager, await this.memberships.lockAll(manager, id));
      user.deactivatedAt = this.clock.now();
      await manager.update(User, { id }, { deactivatedAt: user.deactivatedAt });
      await this.sessions.endOthers(manager, id, null);
      await this.audit(manager, actor, 'user.deactivated', id, { reason });
    });
  }

  /** Lets a user sign in again; what was ended stays ended. @throws Problem NOT_FOUND. */
  reactivate(actor: AuthenticatedUser, id: string): Promise<ManagedUserDto> {
    return this.change(id, async (manager, user) => {
      if (!user.deactivatedAt) return;
      user.deactivatedAt = null;
      await manager.update(User, { id }, { deactivatedAt: null });
      await this.audit(manager, actor, 'user.reactivated', id, {});
    });
  }

  /**
   * Every session of the user ends, since access tokens carry the role.
   * @throws Problem NOT_FOUND; LAST_ADMINISTRATOR.
   */
  changeRole(actor: AuthenticatedUser, id: string, role: Role): Promise<ManagedUserDto> {
    return this.change(id, async (manager, user) => {
      if (user.role === role) return;
      if (role !== 'admin' && !user.deactivatedAt) await this.requireAnotherAdministrator(manager, id);
      await this.audit(manager, actor, 'user.role_changed', id, { from: user.role, to: role });
      user.role = role;
      await manager.update(User, { id }, { role });
      await this.sessions.endOthers(manager, id, null);
    });
  }

  /**
   * Every session of the user ends, access tokens within a second. API keys go on.
   * @throws Problem NOT_FOUND.
   */
  async endSessions(actor: AuthenticatedUser, id: string): Promise<void> {
    await this.change(id, async (manager) => {
      await this.sessions.endOthers(manager, id, null);
      await this.audit(manager, actor, 'user.sessions_ended', id, {});
    });
  }

  private change(
    id: string,
    deed: (manager: EntityManager, user: User) => Promise<void>,
  ): Promise<ManagedUserDto> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.lock(manager);
      const where = { id, erasedAt: IsNull() };
      const user = found(await manager.findOne(User, { where, lock: { mode: 'for_no_key_update' } }));
      await deed(manager, user);
      return managedUser(user);
    });
  }

  /**
   * Taken before a user's row: two administrators who remove each other at once would each still find the other.
   */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('commercial.user_administration'))`);
  }

  /** @throws Problem LAST_ADMINISTRATOR where nobody but that user is one. The caller has taken {@link lock}. */
  async requireAnotherAdministrator(manager: EntityManager, id: string): Promise<void> {
    const another = await manager
      .createQueryBuilder(User, 'user')
      .where(`user.role = 'admin' AND user.deactivatedAt IS NULL AND user.id <> :id`, { id })
      .getExists();
    if (!another) throw new Problem('LAST_ADMINISTRATOR');
  }

  private audit(
    manager: EntityManager,
    actor: AuthenticatedUser,
    action: string,
    subjectId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const at = this.clock.now();
    return recordAudit(manager, {
      actorUserId: actor.id,
      action,
      subjectType: 'user',
      subjectId,
      detail,
      at,
    });
  }
}

function found(user: User | null): User {
  if (!user) throw new Problem('NOT_FOUND', { params: { what: 'user' } });
  return user;
}

/** What LIKE takes for a wildcard stands for itself. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
