import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Account } from '../../../src/auth/identity/users/account.entity.js';
import type { AuthenticatedUser } from '../../../src/auth/identity/caller/authenticated-user.js';
import { BillingListeners } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../../src/billing/options/billing-options.js';
import { CheckQueue } from '../../../src/billing/ledger/orders/check-queue.js';
import { Janitor } from '../../../src/billing/settlement/polling/janitor.service.js';
import { PaymentHistory } from '../../../src/billing/ledger/orders/payment-history.js';
import { Order } from '../../../src/billing/ledger/records/order.entity.js';
import { PLAN_SEEDS } from '../../../src/billing/catalog/plans/plan-seeds.js';
import { PlanQuota } from '../../../src/billing/catalog/plans/plan-quota.entity.js';
import { SubscriptionPlan } from '../../../src/billing/catalog/plans/subscription-plan.entity.js';
import { PaymentRefund } from '../../../src/billing/ledger/records/payment-refund.entity.js';
import { SubscriptionLifecycle } from '../../../src/billing/ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../../src/billing/ledger/subscriptions/subscription-progress.js';
import { Subscription } from '../../../src/billing/ledger/records/subscription.entity.js';
import { SubscriptionsService } from '../../../src/billing/ledger/subscriptions/subscriptions.service.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../src/database/tokens.js';
import { Problem } from '../../../src/problems/problem.js';
import { PaymentProviderRegistry } from '../../../src/providers/payment-provider-registry.js';
import { Clock } from '../../../src/time/clock.js';
import type { SimulatedClock } from '../simulated-clock.js';
import type { World } from '../world.js';
import { Agenda } from './agenda.js';
import { BookBalances } from './book-balances.js';
import { BookChannel } from './book-channel.js';
import { BookChecks } from './book-checks.js';
import { BILLING } from './book-services.js';
import { Book } from './book.js';
import type { Entity, Row } from './table.js';

@Module({})
class BookModule {}

/** Billing's own services on books in memory. */
class BookWorld implements World {
  readonly coupons: string[] = [];
  readonly visitsAtOnce = 1;
  readonly dataSource: DataSource;
  readonly checks: BookChecks;
  private readonly balances = new BookBalances();
  private readonly agenda = { accounts: new Agenda(), payments: new Agenda(), refunds: new Agenda() };
  private touched = new Set<string>();
  private context: INestApplicationContext;

  constructor(
    readonly clock: SimulatedClock,
    readonly channel: BookChannel,
    private readonly book: Book,
  ) {
    this.dataSource = book.dataSource;
    this.checks = new BookChecks(book, channel, clock);
    book.onWrite = (entity, row) => this.written(entity, row);
  }

  async start(): Promise<this> {
    const options: BillingOptions = {
      dataSource: this.dataSource,
      clock: this.clock,
      providers: [this.channel],
      publicUrl: () => 'http://127.0.0.1',
      freePlanOnRegister: true,
    };
    const silent = async () => undefined;
    const module = {
      module: BookModule,
      providers: [
        { provide: COMMERCIAL_DATA_SOURCE, useValue: this.dataSource },
        { provide: BILLING_OPTIONS, useValue: options },
        { provide: Clock, useValue: this.clock },
        { provide: PaymentProviderRegistry, useValue: new PaymentProviderRegistry(options.providers) },
        // Wake-ups: the agenda reads the rows that they are for. The history tells and decides nothing.
        { provide: CheckQueue, useValue: { payment: silent, refund: silent } },
        { provide: PaymentHistory, useValue: { record: silent, recordOnce: silent } },
        ...BILLING,
      ],
    };
    this.context = await NestFactory.createApplicationContext(module, { logger: ['error'] });
    this.get(BillingListeners).add(this.balances);
    return this;
  }

  get<T>(service: Type<T>): T {
    return this.context.get(service, { strict: false });
  }

  async settleIn(ids: readonly string[]): Promise<void> {
    const { manager } = this.dataSource;
    const createdAt = this.clock.now();
    for (const id of ids) await manager.insert(Account, { id, kind: 'personal', createdAt });
    for (const { quotas, ...seed } of PLAN_SEEDS) {
      const id = uuid();
      const plan = { id, version: 1, status: 'active' as const, createdAt, ...seed };
      await manager.insert(SubscriptionPlan, plan as never);
      for (const quota of quotas)
        await manager.insert(PlanQuota, { planId: id, quotaPeriod: 'month', ...quota });
    }
  }

  async stirred(): Promise<string[]> {
    const touched = [...this.touched];
    this.touched = new Set();
    return touched;
  }

  async catchUp(): Promise<void> {
    const { accounts, payments, refunds } = this.agenda;
    for (let done = 1; done > 0;) {
      const now = this.clock.now();
      const due = [accounts.take(now), refunds.take(now), payments.take(now)] as const;
      for (const id of due[0]) await this.pass(id);
      for (const id of due[1]) await this.get(Janitor).checkRefund(id);
      for (const id of due[2]) await this.get(Janitor).checkPayment(id);
      done = due.flat().length;
    }
  }

  async use({ accountId }: AuthenticatedUser, cost: number): Promise<void> {
    const live = await this.get(SubscriptionsService).inForce(accountId);
    if (!live) throw new Problem('QUOTA_EXCEEDED');
    await this.book.transaction((manager) => this.balances.use(manager, live, cost, this.clock.now()));
  }

  async money(): Promise<{ paidFen: number; refundedFen: number }> {
    const payments = this.book.rows(Order, {}) as unknown as Order[];
    const paid = payments.filter(({ paidAt }) => paidAt !== null);
    const total = (fen: (payment: Order) => number) => paid.reduce((all, one) => all + fen(one), 0);
    return { paidFen: total((one) => one.amountFen), refundedFen: total((one) => one.refundedFen) };
  }

  stop(): Promise<void> {
    return this.context.close();
  }

  private pass(accountId: string): Promise<unknown> {
    return this.book.transaction(async (manager) => {
      await this.get(SubscriptionLifecycle).lockAccount(manager, accountId);
      await this.get(SubscriptionProgress).catchUp(manager, accountId);
    });
  }

  private written(entity: Entity, row: Row): void {
    this.checks.written(entity, row);
    const accountId = row['accountId'] as string | undefined;
    if (accountId) this.touched.add(accountId);
    if (entity === Subscription && row['dueAt']) this.agenda.accounts.add(accountId!, row['dueAt'] as Date);
    const checkAt = row['checkAt'] as Date | null;
    if (!checkAt) return;
    if (entity === Order) this.agenda.payments.add(row['orderId'] as string, checkAt);
    if (entity === PaymentRefund) this.agenda.refunds.add(row['id'] as string, checkAt);
  }
}

export function createBookWorld(clock: SimulatedClock): Promise<World> {
  const channel = new BookChannel('north');
  // As Alipay's page: what nobody has opened can't be closed there, and can be paid until it expires.
  channel.linksLive = true;
  channel.now = () => clock.now();
  return new BookWorld(clock, channel, new Book()).start();
}
