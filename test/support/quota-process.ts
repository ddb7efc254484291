import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import { SubscriptionLifecycle } from '../../src/billing/ledger/subscriptions/subscription-lifecycle.js';
import { newSubscription } from '../../src/billing/ledger/subscriptions/new-subscription.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { AccountRefresh } from '../../src/quota/engine/account-refresh.js';
import { QuotaGrants } from '../../src/quota/balances/quota-grants.js';
import { HoldExpiry } from '../../src/quota/engine/hold-expiry.js';
import { QuotaHolds } from '../../src/quota/debits/quota-holds.js';
import { QuotaService } from '../../src/quota/debits/quota.service.js';
import type { Clock } from '../../src/time/clock.js';

/** A host's process as quota sees it: connections of its own, no HTTP. */
export interface QuotaProcess {
  dataSource: DataSource;
  clock: Clock;
  quota: QuotaService;
  holds: QuotaHolds;
  grants: QuotaGrants;
  expiry: HoldExpiry;
  refresh: AccountRefresh;
  lifecycle: SubscriptionLifecycle;
  plans: PlansService;
  close(): Promise<void>;
}

export async function startQuotaProcess(url: string, clock: Clock): Promise<QuotaProcess> {
  const dataSource = await createDataSource({ url, poolSize: 6 }).initialize();
  const context = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      clock,
      jwt: { secret: 'a-key-of-these-specs-with-32-bytes-or-more' },
      publicUrl: 'http://127.0.0.1',
      routes: false,
    }),
    { logger: false },
  );
  const get = <T>(type: new (...args: never[]) => T): T => context.get(type as never, { strict: false });
  return {
    dataSource,
    clock,
    quota: get(QuotaService),
    holds: get(QuotaHolds),
    grants: get(QuotaGrants),
    expiry: get(HoldExpiry),
    refresh: get(AccountRefresh),
    lifecycle: get(SubscriptionLifecycle),
    plans: get(PlansService),
    close: async () => {
      await context.close();
      await dataSource.destroy();
    },
  };
}

/** An account that holds nothing. */
export async function newAccount({ dataSource }: QuotaProcess): Promise<string> {
  const id = uuid();
  await dataSource.query(
    `INSERT INTO commercial.accounts (id, kind, created_at) VALUES ($1, 'personal', now())`,
    [id],
  );
  return id;
}

/** Puts a plan in force for an account that holds none. */
export async function subscribe(process: QuotaProcess, accountId: string, planCode: string): Promise<void> {
  const { dataSource, lifecycle, plans, clock } = process;
  await dataSource.transaction(async (manager) => {
    await lifecycle.lockAccount(manager, accountId);
    const plan = await plans.onSale(planCode, manager);
    const facts = { id: uuid(), accountId, plan, createdAt: clock.now() };
    const subscription = newSubscription(manager, facts);
    await lifecycle.activate(manager, subscription, clock.now());
  });
}

/** What a full refund does to an account. @returns whether there was a subscription to end. */
export async function endSubscription(process: QuotaProcess, accountId: string): Promise<boolean> {
  const { dataSource, lifecycle, clock } = process;
  return dataSource.transaction(async (manager) => {
    await lifecycle.lockAccount(manager, accountId);
    const live = await lifecycle.live(manager, accountId);
    if (live) await lifecycle.end(manager, live, 'refunded', clock.now());
    return live !== null;
  });
}

/** What is bought beside a plan, to be used within so many milliseconds. */
export function topUp(
  process: QuotaProcess,
  accountId: string,
  amount: number,
  lifetimeMs: number,
): Promise<string> {
  const grantId = uuid();
  const { dataSource, grants, clock } = process;
  const validFrom = clock.now();
  const validUntil = new Date(validFrom.getTime() + lifetimeMs);
  return dataSource.transaction(async (manager) => {
    const grant = { grantId, accountId, kind: 'topup', quotaType: 'processing_count', amount } as const;
    await grants.grant(manager, { ...grant, validFrom, validUntil });
    return grantId;
  });
}
