import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
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

  /** Taken before any change of members: two owners who leave at once would each still see the other. */
  async lock(manager: EntityManager, accountId: string): Promise<Account> {
    const account = await manager.findOne(Account, {
      where: { id: accountId, kind: 'organization' },
      lock: { mode: 'for_no_key_update' },
    });
    if (!account) throw new Problem('NOT_FOUND', { params: { what: 'organization' } });
    return account;
  }

  /** @throws Problem LAST_OWNER where nobody but that user owns the organization. */
  async requireAnotherOwner(manager: EntityManager, accountId: string, userId: string): Promise<void> {
    const another = await manager
      .createQueryBuilder(Membership, 'membership')
      .where(`membership.accountId = :accountId AND membership.role = 'owner'`, { accountId })
      .andWhere('membership.userId <> :userId', { userId })
      .getExists();
    if (!another) throw new Problem('LAST_OWNER');
  }
}

/** @throws Problem FORBIDDEN. */
export function requireRank(role: AccountRole, least: AccountRole): void {
  if (RANK[role] < RANK[least]) {
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
