import { In } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { Cancellation } from '../../src/billing/sales/changes/cancellation.service.js';
import { ChangesService } from '../../src/billing/sales/changes/changes.service.js';
import { CheckoutService } from '../../src/billing/sales/purchase/checkout.service.js';
import { Order } from '../../src/billing/ledger/records/order.entity.js';
import { RefundRequests } from '../../src/billing/settlement/refunds/refund-requests.js';
import { SubscriptionsService } from '../../src/billing/ledger/subscriptions/subscriptions.service.js';
import type { Subscription } from '../../src/billing/ledger/records/subscription.entity.js';
import { isOnTrial } from '../../src/billing/ledger/subscriptions/trial-time.js';
import { TopupsService } from '../../src/billing/sales/topups/topups.service.js';
import { Trials } from '../../src/billing/sales/trials/trials.service.js';
import { Problem } from '../../src/problems/problem.js';
import type { Random } from '../chaos/random.js';
import { Buyer } from './buyer.js';
import { PACKS, PLANS } from './plans.js';
import type { World } from './world.js';

const DAY = 86_400_000;
/** In a hundred visits so many are somebody's last. */
const LEAVES = 3;
/** In a hundred visits so many use something before anything else. */
const USES = 40;
/** Of a hundred orders for a plan so many come with a coupon. */
const HAS_COUPON = 25;
/** Of a hundred who have no paid plan so many want to try one first. */
const TRIES = 20;
const ORDER = { provider: 'north', method: null, returnUrl: null, payer: { ip: '127.0.0.1', openId: null } };

export type Deeds = Record<string, number>;

/** Somebody who comes now and then, and does what comes to mind; all by the seed. */
export class Customer {
  /** The day of the next visit, counted from the start; Infinity for none. */
  nextDay: number;
  private readonly buyer: Buyer;

  constructor(
    readonly user: AuthenticatedUser,
    private readonly world: World,
    private readonly random: Random,
    private readonly deeds: Deeds,
    days: number,
  ) {
    this.buyer = new Buyer(world, random);
    // Within the first half, so that there is time for a long life.
    this.nextDay = random.below(Math.ceil(days / 2));
  }

  /** @param day the present one */
  async visit(day: number): Promise<void> {
    try {
      if (await this.buyer.payLate()) this.count('paid late');
      if (this.random.chance(USES)) await this.use().catch(quotaIsUsedUp);
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
    if (this.random.chance(5)) return this.topUp();
    const { accountId } = this.user;
    const planCode = this.random.pick(PLANS).code;
    if (this.random.chance(TRIES)) return this.tryOut(planCode);
    const holds = await this.world.get(SubscriptionsService).inForce(accountId);
    if (holds && this.random.chance(50)) return this.change(planCode, 'bought by a change');
    const couponCode = this.coupon();
    const request = { ...ORDER, planCode, couponCode, subscriptionId: uuid() };
    const { payment } = await this.world.get(CheckoutService).subscribe(this.user, request);
    await this.pay(payment, couponCode ? 'bought with a coupon' : 'bought');
  }

  private async withPlan(live: Subscription, paidUntil: Date): Promise<void> {
    const left = paidUntil.getTime() - this.world.clock.now().getTime();
    if (left < 8 * DAY && this.random.chance(75)) {
      if (isOnTrial(live)) return this.change(null, 'went on after a trial');
      return this.change(null, left > 0 ? 'renewed at the end' : 'renewed in grace');
    }
    const what = this.random.below(100);
    if (what < 12) return this.change(null, 'renewed early');
    if (what < 53) return this.change(this.random.pick(PLANS).code, `changed from ${live.plan.code}`);
    if (what < 63) return this.cancel(true);
    if (what < 68) return this.cancel(false);
    if (what < 76) return this.resume();
    if (what < 88) return this.refund();
    if (what < 91) return this.topUp();
    if (what < 92) return this.tryOut(this.random.pick(PLANS).code);
    return this.use();
  }

  private async tryOut(planCode: string): Promise<void> {
    await this.world.get(Trials).start(this.user, { planCode, subscriptionId: uuid() });
    this.count('tried');
  }

  private async topUp(): Promise<void> {
    const request = { ...ORDER, packCode: this.random.pick(PACKS).code, topupId: uuid() };
    const { payment } = await this.world.get(TopupsService).buy(this.user, request);
    await this.pay(payment, 'topped up');
  }

  private coupon(): string | null {
    // The older ones have ended, most of them.
    const coupons = this.world.coupons.slice(-4);
    return coupons.length > 0 && this.random.chance(HAS_COUPON) ? this.random.pick(coupons) : null;
  }

  private async change(planCode: string | null, deed: string): Promise<void> {
    const request = { ...ORDER, operationId: uuid(), planCode, couponCode: this.coupon() };
    const { payment, offer } = await this.world.get(ChangesService).change(this.user, request);
    const name = planCode === null ? deed : offer.kind;
    if (payment) await this.pay(payment, offer.discount ? `${name} with a coupon` : name);
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
    const [payment] = await this.world.dataSource.manager.find(Order, {
      where: { accountId: this.user.accountId, status: In(['paid', 'partially_refunded']) },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 1,
    });
    if (!payment) return;
    const amountFen = this.random.chance(50)
      ? null
      : 1 + this.random.below(payment.amountFen - payment.refundedFen);
    await this.world.get(RefundRequests).request({
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

  private async pay(payment: Order | null, deed: string): Promise<void> {
    if (!payment) return this.count(`${deed}, without a channel`);
    this.count((await this.buyer.pay(payment)) ? deed : 'ordered and not paid');
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

/** Which keeps nobody from what else they came for. */
function quotaIsUsedUp(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== 'QUOTA_EXCEEDED') throw error;
}
