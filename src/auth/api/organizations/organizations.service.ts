import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { Account } from '../../identity/users/account.entity.js';
import type { AccountRole, AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { ApiKey } from '../../credentials/api-keys/api-key.entity.js';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import { Memberships, requireRank } from '../../credentials/memberships/memberships.service.js';
import type { MemberDto, OrganizationDto } from './organization.dto.js';

/** A bound on what one person can make of nothing. */
export const MAX_OWNED = 10;

@Injectable()
export class Organizations {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly sessions: Sessions,
  ) {
    this.audit = new AuditTrail('organization', clock);
  }

  /** @throws Problem TOO_MANY_ORGANIZATIONS. */
  async create(caller: AuthenticatedUser, name: string): Promise<OrganizationDto> {
    const createdAt = this.clock.now();
    const id = uuid();
    return inTransaction(this.dataSource, async (manager) => {
      await this.sessions.lockCaller(manager, caller);
      const owned = await manager.countBy(Membership, { userId: caller.id, role: 'owner' });
      if (owned >= MAX_OWNED) throw new Problem('TOO_MANY_ORGANIZATIONS', { params: { limit: MAX_OWNED } });
      await manager.insert(Account, { id, kind: 'organization', name, createdAt });
      await manager.insert(Membership, { accountId: id, userId: caller.id, role: 'owner', createdAt });
      await this.audit.note(manager, caller.id, 'organization.created', id, {});
      return { id, kind: 'organization', name, role: 'owner', createdAt };
    });
  }

  /** Those that the user belongs to, newest first, and the customers' accounts that they may act for. */
  list(userId: string, query: PageQueryDto): Promise<Page<OrganizationDto>> {
    const builder = this.dataSource
      .createQueryBuilder(Membership, 'membership')
      .innerJoinAndSelect('membership.account', 'account')
      .leftJoinAndMapOne('account.customer', Customer, 'customer', 'customer.accountId = account.id')
      .where('membership.userId = :userId', { userId });
    return readPage(builder, query, organizationView, 'accountId');
  }

  /** Those who came last first. @throws Problem NOT_FOUND to who is none. */
  async members(caller: AuthenticatedUser, accountId: string, query: PageQueryDto): Promise<Page<MemberDto>> {
    await this.memberships.require(this.dataSource.manager, caller.id, accountId, 'member');
    const builder = this.dataSource
      .createQueryBuilder(Membership, 'membership')
      .innerJoinAndSelect('membership.user', 'user')
      .where('membership.accountId = :accountId', { accountId });
    return readPage(builder, query, memberView, 'userId');
  }

  /** @throws Problem NOT_FOUND; FORBIDDEN; LAST_OWNER. */
  changeRole(
    caller: AuthenticatedUser,
    accountId: string,
    userId: string,
    role: AccountRole,
  ): Promise<MemberDto> {
    return this.change(accountId, async (manager) => {
      const own = await this.memberships.require(manager, caller.id, accountId, 'admin');
      const member = await findMember(manager, accountId, userId);
      if (member.role === 'owner' || role === 'owner') requireRank(own, 'owner');
      if (member.role === 'owner' && role !== 'owner') {
        await this.memberships.requireAnotherOwner(manager, accountId, userId);
      }
      await this.audit.note(manager, caller.id, 'organization.role_changed', accountId, {
        userId,
        from: member.role,
        to: role,
      });
      await manager.update(Membership, { accountId, userId }, { role });
      return memberView({ ...member, role });
    });
  }

  /**
   * An administrator makes a member an owner, for an organization whose owners can't act: one who is about to be
   * deactivated, for example.
   * @throws Problem NOT_FOUND for who is no member, or deactivated.
   */
  nameOwner(actor: AuthenticatedUser, accountId: string, userId: string): Promise<MemberDto> {
    return this.change(accountId, async (manager) => {
      const member = await findMember(manager, accountId, userId);
      if (member.user!.deactivatedAt) throw new Problem('NOT_FOUND', { params: { what: 'member' } });
      if (member.role === 'owner') return memberView(member);
      await this.audit.note(manager, actor.id, 'organization.role_changed', accountId, {
        userId,
        from: member.role,
        to: 'owner',
      });
      await manager.update(Membership, { accountId, userId }, { role: 'owner' });
      return memberView({ ...member, role: 'owner' });
    });
  }

  /** Anybody may leave. @throws Problem NOT_FOUND; FORBIDDEN; LAST_OWNER. */
  async remove(caller: AuthenticatedUser, accountId: string, userId: string): Promise<void> {
    await this.change(accountId, async (manager) => {
      const leaves = caller.id === userId;
      const own = await this.memberships.require(manager, caller.id, accountId, leaves ? 'member' : 'admin');
      const member = await findMember(manager, accountId, userId);
      if (member.role === 'owner') {
        requireRank(own, 'owner');
        await this.memberships.requireAnotherOwner(manager, accountId, userId);
      }
      await this.audit.note(manager, caller.id, 'organization.member_removed', accountId, { userId });
      await manager.delete(Membership, { accountId, userId });
      // For good: a person who comes back makes new keys. What makes one for the organization takes the same lock.
      await manager.update(
        ApiKey,
        { accountId, userId, revokedAt: IsNull() },
        { revokedAt: this.clock.now() },
      );
    });
  }

  private change<T>(accountId: string, deed: (manager: EntityManager) => Promise<T>): Promise<T> {
    return inTransaction(this.dataSource, async (manager) => {
      await this.memberships.lock(manager, accountId);
      return deed(manager);
    });
  }
}

async function findMember(manager: EntityManager, accountId: string, userId: string): Promise<Membership> {
  const where = { accountId, userId };
  const member = await manager.findOne(Membership, { where, relations: { user: true } });
  if (!member) throw new Problem('NOT_FOUND', { params: { what: 'member' } });
  return member;
}

function organizationView({ account, role }: Membership): OrganizationDto {
  const { id, name, createdAt, customer } = account as Account & { customer?: Customer | null };
  const shown = name ?? customer?.displayName ?? customer?.externalId ?? '';
  return { id, kind: customer ? 'customer' : 'organization', name: shown, role, createdAt };
}

function memberView({ userId, user, role, createdAt }: Membership): MemberDto {
  return { userId, email: user!.email, displayName: user!.displayName, role, createdAt };
}
