import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { RefundsService } from '../refunds/refunds.service.js';
import { PaymentInquiry } from '../settle/payment-inquiry.js';
import { Order } from '../../ledger/records/order.entity.js';
import { PaymentDto } from '../../ledger/orders/payment.dto.js';

/** Whose payments: an account's, in it those that a user ordered, or everybody's for an administrator. */
export type PaymentScope = { accountId: string; userId?: string } | 'all';

/**
 * An administrator sees everybody's payments, everybody else their account's; a plain member of an organization those
 * that they ordered themselves, when they were more.
 */
export function visibleTo({ role, id, accountId, accountRole }: AuthenticatedUser): PaymentScope {
  if (role === 'admin') return 'all';
  return accountRole === 'member' ? { accountId, userId: id } : { accountId };
}

@Injectable()
export class PaymentsService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly inquiry: PaymentInquiry,
    private readonly refunds: RefundsService,
  ) {}

  list(scope: PaymentScope, page: PageQueryDto): Promise<Page<PaymentDto>> {
    const query = this.dataSource
      .getRepository(Order)
      .createQueryBuilder('payment')
      .leftJoinAndSelect('payment.plan', 'plan');
    if (scope !== 'all') query.where('payment.accountId = :accountId', { accountId: scope.accountId });
    if (scope !== 'all' && scope.userId !== undefined) {
      query.andWhere('payment.userId = :userId', { userId: scope.userId });
    }
    return readPage(query, page, PaymentDto.of);
  }

  /** @throws Problem NOT_FOUND, for another account's payment as well. */
  async get(scope: PaymentScope, orderId: string): Promise<Order> {
    const where = scope === 'all' ? { orderId } : { orderId, ...scope };
    const payment = await this.dataSource.manager.findOne(Order, {
      where,
      relations: { plan: true },
    });
    if (!payment) throw new Problem('NOT_FOUND', { params: { what: 'payment' } });
    return payment;
  }

  /** As {@link get}, after asking the channel where the answer isn't certain yet: a notification may have been lost. */
  async refreshed(scope: PaymentScope, orderId: string): Promise<Order> {
    const payment = await this.get(scope, orderId);
    if (payment.status === 'pending') {
      await this.inquiry.ask(payment);
      return this.get(scope, orderId);
    }
    const open = await this.refunds.pendingOf(payment.id);
    if (open.length === 0) return payment;
    for (const refund of open) await this.refunds.follow(refund.id);
    return this.get(scope, orderId);
  }

  /**
   * Closes a pending order, at the channel first.
   * @throws Problem PAYMENT_NOT_PENDING (it may just have been paid), CHANNEL_UNAVAILABLE, CHANNEL_NOT_CONFIGURED
   */
  async close(scope: PaymentScope, orderId: string): Promise<Order> {
    const payment = await this.get(scope, orderId);
    const outcome = payment.status === 'pending' ? await this.inquiry.close(payment) : 'too_late';
    const after = await this.get(scope, orderId);
    if (after.status === 'closed' && outcome === 'closed') return after;
    if (after.status !== 'pending') {
      throw new Problem('PAYMENT_NOT_PENDING', { params: { status: after.status } });
    }
    throw new Problem('CHANNEL_UNAVAILABLE', { params: { provider: payment.provider } });
  }
}
