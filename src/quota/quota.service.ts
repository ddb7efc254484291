import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { textFault } from '../http/is-text.js';
import { quotaDebitsTotal } from '../metrics/metrics.js';
import { Problem } from '../problems/problem.js';
import { invalidInput } from '../problems/validation.pipe.js';
import { Clock } from '../time/clock.js';
import { DEBIT, GIVE_BACK, LIVE_BALANCES } from './balances/debit.sql.js';
import { SubscriptionBalances } from './balances/subscription-balances.js';
import { QUOTA_OPTIONS, type QuotaOptions } from './quota-options.js';
import type { QuotaState } from './quota-state.js';
import { isUsageIdTaken } from './usage/usage-id.js';
import { UsageLog } from './usage/usage-log.entity.js';

export interface ConsumeRequest {
  accountId: string;
  userId: string;
  resourceType: string;
  /** A whole number from 1 to 1,000,000. */
  cost: number;
  resourceId: string | null;
  metadata: Record<string, unknown> | null;
  /** Made by the caller: consuming twice under one id debits once. */
  usageId: string;
}

export interface Consumption {
  usageId: string;
  quota: QuotaState;
}

export const MAX_COST = 1_000_000;
const MAX_RESOURCE_ID = 255;

interface BalanceRow {
  quota_type: string;
  used: number;
  granted: number;
  valid_until: Date;
}

/** What may be used, and using it. Every debit is exact under concurrency, over any number of processes. */
@Injectable()
export class QuotaService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(QUOTA_OPTIONS) private readonly options: QuotaOptions,
    private readonly clock: Clock,
    private readonly balances: SubscriptionBalances,
  ) {}

  /**
   * Debits and records in one statement.
   * @throws Problem SUBSCRIPTION_REQUIRED, QUOTA_EXCEEDED (with `quota`), VALIDATION_FAILED
   */
  async consume(request: ConsumeRequest): Promise<Consumption> {
    const quotaType = this.quotaTypeOf(request.resourceType);
    requireCost(request.cost);
    requireResourceId(request.resourceId);
    const quota =
      (await this.debit(request, quotaType)) ??
      ((await this.balances.touch(request.accountId)) ? await this.debit(request, quotaType) : null) ??
      // The first run of this very request may have taken what is missing now.
      (await this.consumedBefore(request, quotaType));
    quotaDebitsTotal.inc({ quota_type: quotaType, outcome: quota ? 'consumed' : 'refused' });
    if (!quota) throw await this.shortfall(request.accountId, quotaType, request.cost);
    return { usageId: request.usageId, quota };
  }

  /** Gives a consumption back. @returns whether this call did it; a second one changes nothing. */
  async giveBack(accountId: string, usageId: string): Promise<boolean> {
    const [rows] = (await this.dataSource.query(GIVE_BACK, [usageId, accountId])) as [unknown[], number];
    return rows.length > 0;
  }

  /** Whether `cost` would fit now, without taking it. @throws Problem SUBSCRIPTION_REQUIRED */
  async check(
    accountId: string,
    resourceType: string,
    cost: number,
  ): Promise<{ allowed: boolean; quota: QuotaState }> {
    const quotaType = this.quotaTypeOf(resourceType);
    requireCost(cost);
    const quota = await this.state(accountId, quotaType);
    if (!quota) throw new Problem('SUBSCRIPTION_REQUIRED');
    return { allowed: cost <= quota.remaining, quota };
  }

  /** Every quota type that the account has at present. */
  async states(accountId: string): Promise<QuotaState[]> {
    await this.balances.touch(accountId);
    const rows: BalanceRow[] = await this.dataSource.query(LIVE_BALANCES, [accountId, this.clock.now()]);
    return rows.map((row) => quotaState(row.quota_type, row));
  }

  /** @throws Problem VALIDATION_FAILED where the application knows no such resource type. */
  quotaTypeOf(resourceType: string): string {
    if (Object.hasOwn(this.options.resources, resourceType)) return this.options.resources[resourceType]!;
    const known = Object.keys(this.options.resources).join(', ');
    throw invalidInput([{ field: 'resourceType', message: `resourceType must be one of: ${known}` }]);
  }

  private async state(accountId: string, quotaType: string): Promise<QuotaState | null> {
    return (await this.states(accountId)).find((state) => state.quotaType === quotaType) ?? null;
  }

  /** @returns the state after it; null where it doesn't fit or there is no balance. */
  private async debit(request: ConsumeRequest, quotaType: string): Promise<QuotaState | null> {
    const { accountId, userId, cost, usageId, resourceType, resourceId, metadata } = request;
    const now = this.clock.now();
    try {
      const rows: BalanceRow[] = await this.dataSource.query(DEBIT, [
        accountId,
        quotaType,
        now,
        cost,
        usageId,
        userId,
        resourceType,
        resourceId,
        metadata && JSON.stringify(metadata),
      ]);
      return rows[0] ? quotaState(quotaType, rows[0]) : null;
    } catch (error) {
      if (!isUsageIdTaken(error)) throw error;
      const before = await this.consumedBefore(request, quotaType);
      if (!before) throw new Error(`usage ${usageId} belongs to another account`, { cause: error });
      return before;
    }
  }

  /** The same request again, after an answer that was lost. @returns null where there was none before. */
  private async consumedBefore(
    { accountId, usageId }: ConsumeRequest,
    quotaType: string,
  ): Promise<QuotaState | null> {
    const exists = await this.dataSource.manager.existsBy(UsageLog, { id: usageId, accountId });
    return exists ? this.state(accountId, quotaType) : null;
  }

  private async shortfall(accountId: string, quotaType: string, cost: number): Promise<Problem> {
    const quota = await this.state(accountId, quotaType);
    if (!quota) return new Problem('SUBSCRIPTION_REQUIRED');
    const { used, limit, resetsAt } = quota;
    const params = { used, limit, cost, resetsAt: resetsAt.toISOString() };
    return new Problem('QUOTA_EXCEEDED', { params, extensions: { quota } });
  }
}

/** @throws Problem VALIDATION_FAILED */
function requireCost(cost: number): void {
  if (Number.isInteger(cost) && cost >= 1 && cost <= MAX_COST) return;
  const message = `cost must be a whole number from 1 to ${MAX_COST}`;
  throw invalidInput([{ field: 'cost', message }]);
}

/** A host's handler makes it of whatever stands in the request. @throws Problem VALIDATION_FAILED */
function requireResourceId(resourceId: string | null): void {
  const fault = resourceId === null ? undefined : textFault(resourceId, 1, MAX_RESOURCE_ID);
  if (fault) throw invalidInput([{ field: 'resourceId', message: `resourceId ${fault}` }]);
}

function quotaState(quotaType: string, row: Omit<BalanceRow, 'quota_type'>): QuotaState {
  const { used, granted, valid_until: resetsAt } = row;
  return { quotaType, used, limit: granted, remaining: granted - used, resetsAt };
}
