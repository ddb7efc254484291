import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { Clock } from '../../../time/clock.js';
import { Coupons } from '../../ledger/redemptions/coupons.service.js';
import { RefundLedger } from '../refunds/refund-ledger.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { OrderFulfilments } from '../../ledger/orders/order-fulfilment.js';
import { PaymentHistory } from '../../ledger/orders/payment-history.js';
import { User } from '../../../auth/identity/users/user.entity.js';
import type { Order } from '../../ledger/records/order.entity.js';

const USER_DELETED = { en: 'the user was deleted', 'zh-CN': '用户已注销' };

/** What follows from an order's having been paid, or closed, whatever it was for. */
@Injectable()
export class Fulfilment {
  constructor(
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly fulfilments: OrderFulfilments,
    private readonly coupons: Coupons,
    private readonly ledger: RefundLedger,
    private readonly history: PaymentHistory,
  ) {}

  /**
   * Gives what was bought, or, where that can't be given any more, sends the money back.
   * @returns the refund to ask the channel for once the transaction is committed; null where the order is honoured
   */
  async honour(manager: EntityManager, payment: Order): Promise<string | null> {
    await this.lifecycle.lockAccount(manager, payment.accountId);
    const now = this.clock.now();
    const fulfilment = this.fulfilments.of(payment);
    const obstacle =
      ((await isOfNobody(manager, payment)) ? USER_DELETED : null) ??
      (await this.coupons.obstacle(manager, payment.id)) ??
      (await fulfilment.honour(manager, payment, now));
    if (obstacle === null) {
      await this.coupons.paid(manager, payment.id);
      return null;
    }
    await fulfilment.abandon(manager, payment, now);
    await this.coupons.released(manager, payment.id);
    const refundId = await this.ledger.recordAutomatic(manager, payment, obstacle);
    await this.history.record(manager, payment.orderId, 'incident.paid_twice', {
      obstacle: obstacle.en,
      refundId,
    });
    return refundId;
  }

  /**
   * Nobody is to pay the order any more: what it was for waits no longer.
   *
   * @param linkLives whether it still can be paid by a link until that expires: so long it keeps its coupon
   */
  async abandon(manager: EntityManager, payment: Order, linkLives = false): Promise<void> {
    await this.lifecycle.lockAccount(manager, payment.accountId);
    await this.fulfilments.of(payment).abandon(manager, payment, this.clock.now());
    if (!linkLives || isLinkOver(payment, this.clock.now())) await this.coupons.released(manager, payment.id);
  }

  /** A closed order was looked at again, and isn't paid. @param isCertain whether the channel says that it can't be */
  async stillUnpaid(manager: EntityManager, payment: Order, isCertain: boolean): Promise<void> {
    if (isCertain || isLinkOver(payment, this.clock.now())) await this.coupons.released(manager, payment.id);
  }
}

/** How much later than ours the channel's clock may end a link. */
const CLOCKS_DIFFER_MS = 60_000;

function isLinkOver({ expiresAt }: Order, now: Date): boolean {
  return now.getTime() >= expiresAt.getTime() + CLOCKS_DIFFER_MS;
}

/** Whether the account's person was deleted while the order was open. The account's row is locked. */
function isOfNobody(manager: EntityManager, { accountId }: Order): Promise<boolean> {
  return manager.existsBy(User, { personalAccountId: accountId, erasedAt: Not(IsNull()) });
}
