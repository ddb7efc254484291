import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { Membership } from '../../auth/credentials/memberships/membership.entity.js';
import {
  PersonalData,
  without,
  type DataSubject,
  type PersonalDataHolder,
} from '../../auth/api/privacy/personal-data.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { everyRow } from '../../http/page.js';
import { EntitlementOverride } from '../balances/entitlement-override.entity.js';
import { QuotaBalance } from '../balances/quota-balance.entity.js';
import { QuotaEvent } from '../balances/quota-event.entity.js';
import { UsageLog } from '../balances/usage-log.entity.js';

/** What the personal account may use, and what the person used, for organizations that they belong to as well. */
@Injectable()
export class QuotaPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  readonly sections = [
    {
      name: 'grants',
      tables: ['quota_balances'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () => this.of(QuotaBalance, personalAccountId),
          (balance) => without(balance, 'accountId', 'alerted'),
        ),
    },
    {
      name: 'thresholds',
      tables: ['quota_events'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () => this.of(QuotaEvent, personalAccountId),
          (event) => without(event, 'accountId', 'deliveredAt'),
        ),
    },
    {
      name: 'entitlements',
      tables: ['entitlement_overrides'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () => this.of(EntitlementOverride, personalAccountId),
          (override) => without(override, 'accountId', 'createdBy'),
        ),
    },
    {
      name: 'usage',
      tables: ['usage_logs', 'quota_holds'],
      rows: (subject: DataSubject) => this.usage(subject),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }

  /** What was promised to the person in words is theirs; the audit log keeps that it was. */
  async erase(manager: EntityManager, { personalAccountId: accountId }: DataSubject): Promise<void> {
    await manager.delete(EntitlementOverride, { accountId });
  }

  /** Account by account, as the index has it. */
  private async *usage({ userId, personalAccountId }: DataSubject): AsyncGenerator<object> {
    const memberships = await this.dataSource.manager.findBy(Membership, { userId });
    for (const accountId of [personalAccountId, ...memberships.map((membership) => membership.accountId)]) {
      yield* everyRow(
        () => this.of(UsageLog, accountId).andWhere('row.userId = :userId', { userId }),
        (usage) => without(usage, 'userId', 'balanceId', 'draws'),
      );
    }
  }

  private of<Row extends EntitlementOverride | QuotaBalance | QuotaEvent | UsageLog>(
    entity: new () => Row,
    accountId: string,
  ) {
    return this.dataSource
      .createQueryBuilder(entity, 'row')
      .where('row.accountId = :accountId', { accountId });
  }
}
