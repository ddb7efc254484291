import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { yuanFromFen } from '../../../money/fen.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionPeriod } from '../../ledger/records/subscription-period.entity.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import type { QuotaWorthDto, RefundPreviewDto } from '../../ledger/refunds/refund.dto.js';
import { shareOf, unusedTimeFen } from '../refunds/refund-worth.js';

interface Worth {
  timeFen: number;
  quotaFen: number;
  quotas: QuotaWorthDto[];
}

/** Tells what a refund now would be fair for; changes nothing. */
@Injectable()
export class RefundPreviewService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly listeners: BillingListeners,
    private readonly ledger: RefundLedger,
  ) {}

  /** @throws Problem NOT_FOUND, PAYMENT_NOT_PAID */
  preview(orderId: string): Promise<RefundPreviewDto> {
    return inTransaction(this.dataSource, async (manager) => {
      const payment = await lockOrder(manager, orderId);
      if (!payment) throw new Problem('NOT_FOUND', { params: { what: 'payment' } });
      if (payment.paidAt === null)
        throw new Problem('PAYMENT_NOT_PAID', { params: { status: payment.status } });
      const refundableFen = await this.ledger.leftFen(manager, payment);
      const { timeFen, quotaFen, quotas } = await this.unused(manager, payment);
      return {
        refundable: yuanFromFen(refundableFen),
        unusedTime: yuanFromFen(timeFen),
        unusedQuota: yuanFromFen(quotaFen),
        quotas,
        suggested: yuanFromFen(Math.min(refundableFen, timeFen, quotaFen)),
      };
    });
  }

  /** Nothing is left of a subscription that isn't in force; a plan without quotas is worth its time. */
  private async unused(manager: EntityManager, { id, accountId, amountFen }: Order): Promise<Worth> {
    await this.lifecycle.lockAccount(manager, accountId);
    const now = this.clock.now();
    const period = await manager.findOne(SubscriptionPeriod, {
      where: { paymentId: id, endedAt: IsNull() },
      relations: { subscription: true, plan: { quotas: true } },
    });
    const { startsAt: start, endsAt: end, plan } = period ?? {};
    if (!start || !end || end <= now) return { timeFen: 0, quotaFen: 0, quotas: [] };
    const times = { currentPeriodStart: start, currentPeriodEnd: end };
    const subscription = { ...period!.subscription!, plan: plan!, ...times };
    const timeFen = unusedTimeFen(amountFen, start, end, now);
    const left = await this.listeners.quotaLeft(manager, subscription, now);
    // Nothing could be used of a quota that another plan's month had used up before: it says nothing of what was.
    const worths = left.map(({ quotaType, total, left: rest }) => ({
      quotaType,
      total,
      left: rest,
      worthFen: total === 0 ? amountFen : shareOf(amountFen, rest, total),
    }));
    return {
      timeFen,
      quotaFen: worths.length === 0 ? timeFen : Math.min(...worths.map((quota) => quota.worthFen)),
      quotas: worths.map(({ worthFen, ...quota }) => ({ ...quota, worth: yuanFromFen(worthFen) })),
    };
  }
}
