import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../../../audit/record-audit.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { lockOrder } from '../../ledger/orders/payment-orders.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { PaymentsService } from '../../settlement/payments/payments.service.js';
import { FapiaoRequest, type FapiaoKind } from './fapiao-request.entity.js';
import { fapiaoTransitions, type FapiaoStatus } from './fapiao-status.js';

const LIVE: readonly FapiaoStatus[] = ['requested', 'issued', 'red_letter_due'];

export interface Invoicee {
  kind: FapiaoKind;
  title: string;
  taxNumber: string | null;
  email: string;
}

/** What a decision enters beside the status. */
type Facts = Partial<Pick<FapiaoRequest, 'number' | 'redNumber' | 'reason' | 'amountFen'>>;

/**
 * Requests for a fapiao. Whoever changes one holds its payment's row, as refunds do: the amount of a fapiao and what
 * went back can't pass each other.
 */
@Injectable()
export class FapiaoRequests implements OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly payments: PaymentsService,
    private readonly listeners: BillingListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.add({
      onPaymentRefunded: (manager, payment) => this.refunded(manager, payment),
    });
  }

  /**
   * For a payment of the caller's account, an administrator's too: what is written is bound to it.
   * @throws Problem NOT_FOUND, PAYMENT_NOT_PAID (or all of it went back), FAPIAO_ALREADY_REQUESTED
   */
  async request(user: AuthenticatedUser, orderId: string, invoicee: Invoicee): Promise<FapiaoRequest> {
    await this.payments.get({ accountId: user.accountId }, orderId);
    return inTransaction(this.dataSource, async (manager) => {
      const payment = (await lockOrder(manager, orderId))!;
      const amountFen = payment.amountFen - payment.refundedFen;
      if (!payment.paidAt || amountFen === 0) {
        throw new Problem('PAYMENT_NOT_PAID', { params: { status: payment.status } });
      }
      const live = await liveOf(manager, payment.id);
      if (live) throw new Problem('FAPIAO_ALREADY_REQUESTED', { params: { status: live.status } });
      const now = this.clock.now();
      const request = manager.create(FapiaoRequest, {
        id: uuid(),
        paymentId: payment.id,
        orderId,
        accountId: payment.accountId,
        ...invoicee,
        amountFen,
        status: 'requested',
        number: null,
        redNumber: null,
        reason: null,
        createdAt: now,
        updatedAt: now,
      });
      await manager.save(request);
      await this.audit(manager, request, user.id);
      return request;
    });
  }

  /** The customer's own, while nobody has dealt with it. @throws Problem NOT_FOUND, FAPIAO_NOT_IN_STATE */
  async withdraw(user: AuthenticatedUser, orderId: string): Promise<FapiaoRequest> {
    await this.payments.get({ accountId: user.accountId }, orderId);
    const latest = await this.latest(orderId);
    return this.decide(latest.id, user.id, 'withdrawn', {});
  }

  issue(id: string, actorUserId: string, number: string): Promise<FapiaoRequest> {
    return this.decide(id, actorUserId, 'issued', { number });
  }

  reject(id: string, actorUserId: string, reason: string): Promise<FapiaoRequest> {
    return this.decide(id, actorUserId, 'rejected', { reason });
  }

  /** The red-letter fapiao that cancels the first one has been issued. */
  issueRed(id: string, actorUserId: string, redNumber: string): Promise<FapiaoRequest> {
    return this.decide(id, actorUserId, 'red_issued', { redNumber });
  }

  /** The payment's newest request. @throws Problem NOT_FOUND */
  async latest(orderId: string): Promise<FapiaoRequest> {
    const found = await this.dataSource.manager.findOne(FapiaoRequest, {
      where: { orderId },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    if (!found) throw new Problem('NOT_FOUND', { params: { what: 'fapiao' } });
    return found;
  }

  /** @throws Problem NOT_FOUND, FAPIAO_NOT_IN_STATE */
  private decide(id: string, actorUserId: string, to: FapiaoStatus, facts: Facts): Promise<FapiaoRequest> {
    return inTransaction(this.dataSource, async (manager) => {
      const known = await manager.findOneBy(FapiaoRequest, { id });
      if (!known) throw new Problem('NOT_FOUND', { params: { what: 'fapiao' } });
      await lockOrder(manager, known.orderId);
      const request = await manager.findOneByOrFail(FapiaoRequest, { id });
      if (!fapiaoTransitions.allows(request.status, to)) {
        throw new Problem('FAPIAO_NOT_IN_STATE', { params: { status: request.status } });
      }
      return this.move(manager, request, to, facts, actorUserId);
    });
  }

  /** Money went back: an issued fapiao is wrong now, and one that isn't issued yet is for less, or for nothing. */
  private async refunded(manager: EntityManager, payment: Order): Promise<void> {
    const request = await liveOf(manager, payment.id);
    if (!request || request.status === 'red_letter_due') return;
    if (request.status === 'issued') {
      await this.move(manager, request, 'red_letter_due', {}, null);
      return;
    }
    const amountFen = payment.amountFen - payment.refundedFen;
    if (amountFen === 0) await this.move(manager, request, 'withdrawn', {}, null);
    else await manager.update(FapiaoRequest, { id: request.id }, { amountFen, updatedAt: this.clock.now() });
  }

  private async move(
    manager: EntityManager,
    request: FapiaoRequest,
    to: FapiaoStatus,
    facts: Facts,
    actorUserId: string | null,
  ): Promise<FapiaoRequest> {
    const status = fapiaoTransitions.move(request.status, to);
    Object.assign(request, facts, { status, updatedAt: this.clock.now() });
    await manager.save(request);
    await this.audit(manager, request, actorUserId);
    return request;
  }

  /** Without the person's data: the log only grows, and they may ask to be forgotten. */
  private audit(manager: EntityManager, request: FapiaoRequest, actorUserId: string | null): Promise<void> {
    const { id, orderId, status, amountFen, number, redNumber, reason, updatedAt: at } = request;
    const detail = { orderId, amountFen, number, redNumber, reason };
    return recordAudit(manager, {
      actorUserId,
      action: `fapiao.${status}`,
      subjectType: 'fapiao',
      subjectId: id,
      detail,
      at,
    });
  }
}

function liveOf(manager: EntityManager, paymentId: string): Promise<FapiaoRequest | null> {
  return manager
    .createQueryBuilder(FapiaoRequest, 'fapiao')
    .where('fapiao.paymentId = :paymentId AND fapiao.status IN (:...live)', { paymentId, live: LIVE })
    .getOne();
}
