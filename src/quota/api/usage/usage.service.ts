import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { User } from '../../../auth/identity/users/user.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { QuotaService } from '../../debits/quota.service.js';
import { UsageLog } from '../../balances/usage-log.entity.js';
import type { AdminUsageQueryDto, UsageQueryDto, UsageSummaryQueryDto } from './usage-query.dto.js';
import { summarySql } from '../../usage/usage-summary.sql.js';
import type { UsageSumDto, UsageSummaryDto } from './usage.dto.js';

/** Whose usage: an account's, in an account a user's, or everybody's. */
export type UsageScope = { accountId: string; userId?: string } | 'all';

/** Moments that no usage lies before or after, both the beginning of a day in Asia/Shanghai. */
const BEGINNING = new Date('1970-01-02T00:00:00+08:00');
const END = new Date('9999-01-01T00:00:00+08:00');

@Injectable()
export class UsageService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly quota: QuotaService,
  ) {}

  /** Newest first. */
  list<Item>(
    scope: UsageScope,
    { from, to, resourceType, status, resourceId, ...page }: UsageQueryDto,
    toItem: (usage: UsageLog) => Item,
  ): Promise<Page<Item>> {
    const query = this.dataSource.getRepository(UsageLog).createQueryBuilder('usage');
    if (scope !== 'all') {
      query.andWhere('usage.accountId = :accountId', { accountId: scope.accountId });
      if (scope.userId !== undefined) query.andWhere('usage.userId = :userId', { userId: scope.userId });
    }
    if (from !== undefined) query.andWhere('usage.createdAt >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('usage.createdAt < :to', { to: new Date(to) });
    if (resourceType !== undefined) {
      this.quota.quotaTypeOf(resourceType);
      query.andWhere('usage.resourceType = :resourceType', { resourceType });
    }
    if (status !== undefined) query.andWhere('usage.status = :status', { status });
    if (resourceId !== undefined) query.andWhere('usage.resourceId = :resourceId', { resourceId });
    return readPage(query, page, toItem);
  }

  /** Sums what {@link list} would list. Costs add up exactly to 2^53. */
  async summary(scope: UsageScope, query: UsageSummaryQueryDto): Promise<UsageSummaryDto> {
    const { from, to, groupBy, resourceType, status } = query;
    if (resourceType !== undefined) this.quota.quotaTypeOf(resourceType);
    const account = scope === 'all' ? { accountId: null } : scope;
    const items: UsageSumDto[] = await this.dataSource.query(
      summarySql(scope === 'all' ? 'all' : 'account', groupBy),
      [
        from === undefined ? BEGINNING : new Date(from),
        to === undefined ? END : new Date(to),
        account.accountId,
        'userId' in account ? (account.userId ?? null) : null,
        resourceType ?? null,
        status ?? null,
      ],
    );
    const total = { count: sum(items, 'count'), cost: sum(items, 'cost') };
    return { groupBy, timeZone: 'Asia/Shanghai', items, total };
  }

  /** Whose usage an administrator asks for. @throws Problem NOT_FOUND for a user that there is not. */
  async scopeOf({
    accountId,
    userId,
  }: Pick<AdminUsageQueryDto, 'accountId' | 'userId'>): Promise<UsageScope> {
    if (accountId !== undefined) return userId === undefined ? { accountId } : { accountId, userId };
    if (userId === undefined) return 'all';
    const user = await this.dataSource.manager.findOneBy(User, { id: userId });
    if (!user) throw new Problem('NOT_FOUND');
    return { accountId: user.personalAccountId, userId };
  }
}

function sum(items: readonly UsageSumDto[], of: 'count' | 'cost'): number {
  return items.reduce((total, item) => total + item[of], 0);
}
