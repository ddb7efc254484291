import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, Not, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { Account } from '../../identity/users/account.entity.js';
import type { AccountRole } from '../../identity/caller/authenticated-user.js';
import { Membership } from './membership.entity.js';

const RANK: Record<AccountRole, number> = { member: 1, admin: 2, owner: 3 };

/** Who belongs to which organization, and as what. */
@Injectable()
export class Memberships {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** @returns null for who is no member, and for an account that is no organization. */
  async roleOf(userId: string, accountId: string): Promise<AccountRole | null> {
    return roleIn(this.dataSource.manager, userId, accountId);
  }

  /** @throws Problem NOT_FOUND to who is no member, as if there were none; FORBIDDEN below that role. */
  async require(
    manager: EntityManager,
    userId: string,
    accountId: string,
    least: AccountRole,
  ): Promise<AccountRole> {
    const role = await roleIn(manager, userId, accountId);
    if (!role) throw new Problem('NOT_FOUND', { params: { what: 'organization' } });
    requireRank(role, least);
    return role;
  }

  /** The role of a user who can act: null for one who is no member, or deactivated. The caller has taken {@link lock}. */
  async actingRole(manager: EntityManager, userId: string, accountId: string): Promise<AccountRole | null> {
    const where = { userId, accountId, user: { deactivatedAt: IsNull() } };
    return (await manager.findOneBy(Membership, where))?.role ?? null;
  }

  /** Taken before any change of members: two owners who leave at once would each still see the other. */
  async lock(manager: EntityManager, accountId: string): Promise<Account> {
    const account = await manager.findOne(Account, {
      where: { id: accountId, kind: 'organization' },
      lock: { mode: 'for_no_key_update' },
    });
    if (!account) throw new Problem('NOT_FOUND', { params: { what: 'organization' } });
    return account;
  }

  /**
   * Locks every organization that the user belongs to, for the end of the user as somebody who can act.
   * @returns their memberships as they are under the lock. The caller has locked the user's row, so there come no others.
   */
  async lockAll(manager: EntityManager, userId: string): Promise<Membership[]> {
    const before = await manager.findBy(Membership, { userId });
    await manager.find(Account, {
      where: { id: In(before.map(({ accountId }) => accountId)) },
      // In one order, so that two who lock several never wait for each other in a circle.
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    return manager.findBy(Membership, { userId });
  }

  /**
   * A deactivated owner is none: nobody could act for the organization.
   * @throws Problem LAST_OWNER where nobody but that user owns the organization and can act.
   */
  async requireAnotherOwner(manager: EntityManager, accountId: string, userId: string): Promise<void> {
    if (!(await actsBeside(manager, accountId, userId, 'owner'))) throw new Problem('LAST_OWNER');
  }

  /**
   * Before a user becomes unable to act. Of the organizations that they own, those with another owner go on; those in
   * which nobody else can act rest or end with them; any other must get an owner first.
   * @param memberships as {@link lockAll} returned them.
   * @returns the accounts of the organizations that they own and in which nobody else can act.
   * @throws Problem LAST_OWNER, naming the organizations that would be left to people who don't own them.
   */
  async requireSuccessors(manager: EntityManager, memberships: readonly Membership[]): Promise<string[]> {
    const [alone, orphaned]: [string[], string[]] = [[], []];
    for (const { accountId, userId } of memberships.filter(({ role }) => role === 'owner')) {
      if (!(await actsBeside(manager, accountId, userId))) alone.push(accountId);
      else if (!(await actsBeside(manager, accountId, userId, 'owner'))) orphaned.push(accountId);
    }
    if (orphaned.length > 0) throw new Problem('LAST_OWNER', { extensions: { organizations: orphaned } });
    return alone;
  }
}

/** Whether another member than that user can act for the organization, in that role where one is named. */
function actsBeside(
  manager: EntityManager,
  accountId: string,
  userId: string,
  role?: AccountRole,
): Promise<boolean> {
  const user = { deactivatedAt: IsNull() };
  return manager.existsBy(Membership, { accountId, userId: Not(userId), user, ...(role && { role }) });
}

export function outranks(role: AccountRole, least: AccountRole): boolean {
  return RANK[role] >= RANK[least];
}

/** @throws Problem FORBIDDEN. */
export function requireRank(role: AccountRole, least: AccountRole): void {
  if (!outranks(role, least)) {
    const reason = { en: `it takes the organization's ${least}`, 'zh-CN': `需要机构角色 ${least}` };
    throw new Problem('FORBIDDEN', { params: { reason } });
  }
}

async function roleIn(
  manager: EntityManager,
  userId: string,
  accountId: string,
): Promise<AccountRole | null> {
  return (await manager.findOneBy(Membership, { userId, accountId }))?.role ?? null;
}
