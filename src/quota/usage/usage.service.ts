import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { readPage, type Page } from '../../http/page.js';
import { QuotaService } from '../quota.service.js';
import { UsageDto, type UsageQueryDto } from './usage.dto.js';
import { UsageLog } from './usage-log.entity.js';

@Injectable()
export class UsageService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly quota: QuotaService,
  ) {}

  /** An account's usage, newest first. */
  list(accountId: string, { from, to, resourceType, ...page }: UsageQueryDto): Promise<Page<UsageDto>> {
    const query = this.dataSource
      .getRepository(UsageLog)
      .createQueryBuilder('usage')
      .where('usage.accountId = :accountId', { accountId });
    if (from !== undefined) query.andWhere('usage.createdAt >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('usage.createdAt < :to', { to: new Date(to) });
    if (resourceType !== undefined) {
      this.quota.quotaTypeOf(resourceType);
      query.andWhere('usage.resourceType = :resourceType', { resourceType });
    }
    return readPage(query, page, UsageDto.of);
  }
}
