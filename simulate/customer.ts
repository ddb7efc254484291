import { In } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AuthenticatedUser } from '../src/auth/authenticated-user.js';
import { Cancellation } from '../src/billing/changes/cancellation.service.js';
import { ChangesService } from '../src/billing/changes/changes.service.js';
import { CheckoutService } from '../src/billing/checkout/checkout.service.js';
import { PaymentTransaction } from '../src/billing/payments/payment-transaction.entity.js';
import { PaymentsService } from '../src/billing/payments/payments.service.js';
import { SettlementService } from '../src/billing/payments/settlement.service.js';
import { RefundsService } from '../src/billing/refunds/refunds.service.js';
import { SubscriptionsService } from '../src/billing/subscriptions/subscriptions.service.js';
import type { Subscription } from '../src/billing/subscriptions/subscription.entity.js';
import { Problem } from '../src/problems/problem.js';
import type { Random } from '../test/chaos/random.js';
import { PLANS } from './plans.js';
import type { World } from './world.js';

const DAY = 86_400_000;
/** Of a hundred orders so many are paid at once, and of the others so many later, when they may be closed already. */
const PAYS_AT_ONCE = 88;
const PAYS_LATE = 25;
/** In a hundred visits so many are somebody's last. */
const LEAVES = 3;
/** Of a hundred orders for a plan so many come with a coupon. */
const HAS_COUPON = 25;
const ORDER = { provider: 'north', method: null, returnUrl: null, payer: { ip: '127.0.0.1', openId: null } };

export type Deeds = Record<string, number>;

/** Somebody who comes now and then, and does what comes to mind; all by the seed. */
export class Customer {
  /** The day of the next visit, counted from the start; Infinity for none. */
  nextDay: number;
  private unpaid: { orderId: string; amountFen: number } | null = null;

  constructor(
    readonly user: AuthenticatedUser,
    private readonly world: World,
    private readonly random: Random,
    private readonly deeds: Deeds,
    days: number,
  ) {
    // Within the first half, so that there is time for a long life.
    this.nextDay = random.below(Math.ceil(days / 2));
  }

  /** @param day the present one */
  async visit(day: number): Promise<void> {
    try {
      await this.payLate();
      const live = await this.world.get(SubscriptionsService).inForce(this.user.accountId);
      if (!live?.currentPeriodEnd) await this.withoutPlan();
      else await this.withPlan(live, live.currentPeriodEnd);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.count(`refused: ${error.code}`);
    }
    this.nextDay = this.random.chance(LEAVES) ? Infinity : day + (await this.nextVisitIn());
  }

  private async withoutPlan(): Promise<void> {
    if (this.random.chance(20)) return this.use();
    const { accountId } = this.user;
    const planCode = this.random.pick(PLANS).code;
    const holds = await this.world.get(SubscriptionsService).inForce(accountId);
    if (holds && this.random.chance(50)) return this.change(planCode, 'bought by a change');
    const { coupons } = this.world;
    const couponCode =
      coupons.length > 0 && this.random.chance(HAS_COUPON) ? this.random.pick(coupons) : null;
    const request = { ...ORDER, planCode, couponCode, subscriptionId: uuid() };
    const { payment } = await this.world.get(CheckoutService).subscribe(this.user, request);
    await this.pay(payment, couponCode ? 'bought with a coupon' : 'bought');
  }

  private async withPlan(live: Subscription, paidUntil: Date): Promise<void> {
    const left = paidUntil.getTime() - this.world.clock.now().getTime();
    if (left < 8 * DAY && this.random.chance(75)) {
      return this.change(null, left > 0 ? 'renewed at the end' : 'renewed in grace');
    }
    const what = this.random.below(100);
    if (what < 12) return this.change(null, 'renewed early');
    if (what < 55) return this.change(this.random.pick(PLANS).code, `changed from ${live.plan.code}`);
    if (what < 65) return this.cancel(true);
    if (what < 70) return this.cancel(false);
    if (what < 78) return this.resume();
    if (what < 90) return this.refund();
    return this.use();
  }

  private async change(planCode: string | null, deed: string): Promise<void> {
    const request = { ...ORDER, operationId: uuid(), planCode, couponCode: null };
    const { payment, offer } = await this.world.get(ChangesService).change(this.user, request);
    const name = planCode === null ? deed : offer.kind;
    if (payment) await this.pay(payment, name);
    else this.count(`${name}, without a channel`);
  }

  private async cancel(atPeriodEnd: boolean): Promise<void> {
    await this.world.get(Cancellation).cancel(this.user.accountId, atPeriodEnd);
    this.count(atPeriodEnd ? 'canceled at the end' : 'canceled at once');
  }

  private async resume(): Promise<void> {
    await this.world.get(Cancellation).resume(this.user.accountId);
    this.count('resumed');
  }

  /** Of the newest payment, in full or in part. */
  private async refund(): Promise<void> {
    const [payment] = await this.world.dataSource.manager.find(PaymentTransaction, {
      where: { accountId: this.user.accountId, status: In(['paid', 'partially_refunded']) },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 1,
    });
    if (!payment) return;
    const amountFen = this.random.chance(50)
      ? null
      : 1 + this.random.below(payment.amountFen - payment.refundedFen);
    await this.world.get(RefundsService).request({
      refundId: uuid(),
      orderId: payment.orderId,
      amountFen,
      reason: null,
      endSubscription: this.random.chance(20),
      requestedBy: this.user.id,
    });
    this.count(amountFen === null ? 'refunded' : 'refunded in part');
  }

  private async use(): Promise<void> {
    await this.world.use(this.user, 1 + this.random.below(60));
    this.count('used quota');
  }

  private async pay(payment: PaymentTransaction | null, deed: string): Promise<void> {
    if (!payment) return this.count(`${deed}, without a channel`);
    const { orderId, amountFen } = payment;
    if (!this.random.chance(PAYS_AT_ONCE)) {
      this.unpaid = { orderId, amountFen };
      return this.count('ordered and not paid');
    }
    await this.settle(orderId, amountFen);
    this.count(deed);
  }

  /** An order that was left: it may be closed by now, or replaced, and its money goes back then or is honoured. */
  private async payLate(): Promise<void> {
    const { unpaid } = this;
    this.unpaid = null;
    if (!unpaid || !this.random.chance(PAYS_LATE)) return;
    await this.settle(unpaid.orderId, unpaid.amountFen);
    this.count('paid late');
  }

  private async settle(orderId: string, amountFen: number): Promise<void> {
    this.world.channel.pay(orderId, amountFen);
    const payments = this.world.get(PaymentsService);
    const payment = await payments.refreshed('all', orderId);
    if (payment.status === 'closed') await this.notify(orderId);
  }

  private async notify(orderId: string): Promise<void> {
    const observation = await this.world.channel.queryPayment(orderId);
    const { name } = this.world.channel;
    await this.world.get(SettlementService).settle(name, orderId, observation, 'notification');
  }

  /** Mostly around the end of what is paid: before it, in the grace, and after that. */
  private async nextVisitIn(): Promise<number> {
    const live = await this.world.get(SubscriptionsService).inForce(this.user.accountId);
    const end = live?.currentPeriodEnd;
    if (end && this.random.chance(80)) {
      const days = Math.floor((end.getTime() - this.world.clock.now().getTime()) / DAY);
      return Math.max(1, days + this.random.below(14) - 8);
    }
    return 1 + this.random.below(this.random.pick([40, 400, 1200]));
  }

  private count(deed: string): void {
    this.deeds[deed] = (this.deeds[deed] ?? 0) + 1;
  }
}
