import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { User } from '../../../auth/identity/users/user.entity.js';
import { refundsTotal } from '../../../metrics/metrics.js';
import { yuanFromFen } from '../../../money/fen.js';
import { Problem } from '../../../problems/problem.js';
import type { Sentence } from '../../../problems/sentence.js';
import { Clock } from '../../../time/clock.js';
import { CheckQueue } from '../../ledger/orders/check-queue.js';
import { nextRefundCheck } from '../../ledger/orders/check-schedule.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import type { Order } from '../../ledger/records/order.entity.js';
import { PaymentRefund, type RefundOrigin } from '../../ledger/records/payment-refund.entity.js';
import { refundTransitions } from '../../ledger/records/refund-status.js';
import { creditedMoney } from '../../ledger/refunds/credited-money.js';
import { countPendingRefunds } from '../../ledger/refunds/pending-refunds.js';
import { sumWith, unnumbered } from './known-by-sum.js';
import { RefundOutcomes } from './refund-outcomes.js';

/** A refund that was made at the channel itself. */
export interface RefundAtChannel {
  /** The number that it has there. */
  refundNo: string;
  amountFen: number;
  /** Null: now. */
  refundedAt: Date | null;
  /** When the channel took it on, where it tells. */
  acceptedAt?: Date;
}

/** The refund that a channel told a sum with; null: what it didn't tell. */
export interface NewestRefund {
  refundNo: string | null;
  /** Unless it is all that is new, the number stands for a part of that, and what is entered gets none. */
  amountFen: number | null;
  refundedAt: Date | null;
}

const UNTOLD: NewestRefund = { refundNo: null, amountFen: null, refundedAt: null };

export interface RefundEntry {
  refundId: string;
  /** Default: the refund's id without dashes. */
  refundNo?: string;
  amountFen: number;
  reason: string | null;
  origin: RefundOrigin;
  requestedBy: string | null;
  endsSubscription?: boolean;
}

/**
 * Writes refunds down. Every method works inside the caller's transaction with the payment's row locked, which is what
 * keeps the sum of all refunds within the payment.
 */
@Injectable()
export class RefundLedger {
  constructor(
    private readonly clock: Clock,
    private readonly checks: CheckQueue,
    private readonly history: PaymentHistory,
    private readonly outcomes: RefundOutcomes,
  ) {}

  /** Makes the refund's number and lays its first check, before any channel hears of it. @returns its id. */
  async insert(manager: EntityManager, payment: Order, entry: RefundEntry): Promise<string> {
    const now = this.clock.now();
    const checkAt = entry.origin === 'channel' ? null : nextRefundCheck(0, now);
    await manager.insert(PaymentRefund, {
      id: entry.refundId,
      refundNo: entry.refundNo ?? entry.refundId.replaceAll('-', ''),
      paymentId: payment.id,
      amountFen: entry.amountFen,
      status: 'pending',
      reason: entry.reason,
      origin: entry.origin,
      requestedBy: entry.requestedBy,
      endsSubscription: entry.endsSubscription ?? false,
      checkAt,
      createdAt: now,
    });
    await countPendingRefunds(manager, payment);
    refundsTotal.inc({ state: 'pending' });
    if (checkAt) await this.checks.refund(manager, entry.refundId, checkAt);
    return entry.refundId;
  }

  /**
   * Makes a refused refund one that has no outcome yet, under its own number.
   * @throws Problem REFUND_EXCEEDS_PAYMENT where so much isn't left any more
   */
  async reopen(manager: EntityManager, payment: Order, refund: PaymentRefund): Promise<void> {
    await this.refundable(manager, payment, refund.amountFen);
    const checkAt = nextRefundCheck(0, this.clock.now());
    const status = refundTransitions.move(refund.status, 'pending');
    Object.assign(refund, { status, settledAt: null, channelMessage: null, checkAt, checks: 0 });
    await manager.save(refund);
    await countPendingRefunds(manager, payment);
    refundsTotal.inc({ state: 'pending' });
    await this.checks.refund(manager, refund.id, checkAt);
  }

  /** Records a refund of all that is left, which our own rules want. @returns its id. */
  async recordAutomatic(manager: EntityManager, payment: Order, reason: Sentence): Promise<string> {
    const refundId = uuid();
    const amountFen = await this.leftFen(manager, payment);
    await this.history.record(manager, payment.orderId, 'payment.refund_automatic', {
      refundId,
      amountFen,
      reason: reason.en,
    });
    const buyer = await manager.findOneBy(User, { id: payment.userId });
    const entry = {
      refundId,
      amountFen,
      // The channel shows it to the buyer.
      reason: reason[buyer?.locale ?? 'zh-CN'],
      origin: 'automatic',
      requestedBy: null,
    } as const;
    return this.insert(manager, payment, entry);
  }

  /**
   * Enters refunds that were made at the channel itself: whatever its total exceeds ours by, refunds that aren't
   * certain yet counted as ours.
   *
   * @param totalFen all refunds of the order so far; null where the channel tells that there are some, not how much
   * @param newest what is known of the refund that the channel told this sum with; absent where it is one of ours
   * @returns whether anything was entered
   */
  async recordChannelTotal(
    manager: EntityManager,
    payment: Order,
    totalFen: number | null,
    newest: NewestRefund = UNTOLD,
  ): Promise<boolean> {
    const knownFen = payment.refundedFen + payment.refundPendingFen;
    if (totalFen === null) {
      if (knownFen === 0)
        await this.history.recordOnce(manager, payment.orderId, 'incident.refund_of_unknown_amount', {});
      return false;
    }
    if (totalFen <= knownFen) return false;
    if (totalFen > payment.amountFen) {
      const seen = { totalFen, amountFen: payment.amountFen };
      await this.history.recordOnce(manager, payment.orderId, 'incident.refund_exceeds_payment', seen);
      return false;
    }
    const amountFen = totalFen - knownFen;
    const refundNo = (newest.amountFen === amountFen && newest.refundNo) || unnumbered();
    const made = { refundNo, amountFen, refundedAt: newest.refundedAt };
    await this.enterAtChannel(manager, payment, made);
    return true;
  }

  /** Enters one refund that was made at the channel itself, under the number that it has there. */
  async recordAtChannel(manager: EntityManager, payment: Order, made: RefundAtChannel): Promise<void> {
    if (await this.isKnownBySum(manager, payment, made)) return;
    await this.enterAtChannel(manager, payment, made);
  }

  /**
   * Whether the refund is in a sum that was entered before: that row takes its number where the amounts agree. One of
   * several in a sum stays unnumbered, since entering it beside the sum would count it twice.
   */
  private async isKnownBySum(
    manager: EntityManager,
    payment: Order,
    { refundNo, amountFen }: RefundAtChannel,
  ): Promise<boolean> {
    const sum = await sumWith(manager, { paymentId: payment.id, amountFen });
    if (!sum) return false;
    if (sum.amountFen === amountFen) await manager.update(PaymentRefund, { id: sum.id }, { refundNo });
    return true;
  }

  private async enterAtChannel(
    manager: EntityManager,
    payment: Order,
    { refundNo, amountFen, refundedAt, acceptedAt }: RefundAtChannel,
  ): Promise<void> {
    const refundId = uuid();
    await this.history.record(manager, payment.orderId, 'payment.refund_at_channel', { refundNo, amountFen });
    const entry = {
      refundId,
      refundNo,
      amountFen,
      reason: null,
      origin: 'channel',
      requestedBy: null,
    } as const;
    await this.insert(manager, payment, entry);
    const refund = await manager.findOneByOrFail(PaymentRefund, { id: refundId });
    const facts = acceptedAt ? { acceptedAt } : {};
    await this.outcomes.apply(manager, payment, refund, { outcome: 'succeeded', refundedAt, ...facts });
  }

  /**
   * The amount to refund, checked against what is left.
   *
   * @param askedFen null for all that is left
   * @throws Problem PAYMENT_NOT_PAID, REFUND_EXCEEDS_PAYMENT
   */
  async refundable(manager: EntityManager, payment: Order, askedFen: number | null): Promise<number> {
    if (payment.paidAt === null)
      throw new Problem('PAYMENT_NOT_PAID', { params: { status: payment.status } });
    const leftFen = await this.leftFen(manager, payment);
    const amountFen = askedFen ?? leftFen;
    if (amountFen > leftFen || leftFen === 0) {
      const params = { asked: yuanFromFen(amountFen), refundable: yuanFromFen(leftFen) };
      throw new Problem('REFUND_EXCEEDS_PAYMENT', { params });
    }
    return amountFen;
  }

  /** What can still be refunded: a refund that isn't certain yet counts as one, and so does what another plan got. */
  async leftFen(manager: EntityManager, payment: Order): Promise<number> {
    const goneFen = payment.refundedFen + payment.refundPendingFen;
    const credited = await creditedMoney(manager, payment.id);
    return Math.max(0, payment.amountFen - goneFen - (credited?.fen ?? 0));
  }
}
