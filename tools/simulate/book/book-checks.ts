import { Account } from '../../../src/auth/identity/users/account.entity.js';
import { CouponRedemption } from '../../../src/billing/ledger/records/coupon-redemption.entity.js';
import { Coupon } from '../../../src/billing/catalog/coupons/coupon.entity.js';
import { redemptionTransitions } from '../../../src/billing/ledger/records/redemption-status.js';
import { paymentTransitions } from '../../../src/billing/ledger/records/payment-status.js';
import { Order } from '../../../src/billing/ledger/records/order.entity.js';
import { PaymentRefund } from '../../../src/billing/ledger/records/payment-refund.entity.js';
import { refundTransitions } from '../../../src/billing/ledger/records/refund-status.js';
import { isInForce } from '../../../src/billing/ledger/subscriptions/subscription-lifecycle.js';
import { subscriptionTransitions } from '../../../src/billing/ledger/records/subscription-status.js';
import { Subscription } from '../../../src/billing/ledger/records/subscription.entity.js';
import type { TransitionTable } from '../../../src/billing/ledger/records/transition-table.js';
import type { Clock } from '../../../src/time/clock.js';
import type { Checks, Violation } from '../world.js';
import { readAccount } from './account-book.js';
import type { BookChannel } from './book-channel.js';
import { RULES } from './book-rules.js';
import { COUPON_RULES } from './coupon-rules.js';
import { PRICE_RULES } from './price-rules.js';
import { QUOTA_RULES } from './quota-rules.js';
import { TOPUP_RULES } from './topup-rules.js';
import { TRIAL_RULES } from './trial-rules.js';
import type { Book } from './book.js';
import type { Entity, Row } from './table.js';

const TABLES = new Map<Entity, TransitionTable<string>>([
  [Subscription, subscriptionTransitions as TransitionTable<string>],
  [Order, paymentTransitions as TransitionTable<string>],
  [CouponRedemption, redemptionTransitions as TransitionTable<string>],
  [PaymentRefund, refundTransitions as TransitionTable<string>],
]);

const ALL_RULES = Object.entries({
  ...RULES,
  ...PRICE_RULES,
  ...COUPON_RULES,
  ...QUOTA_RULES,
  ...TRIAL_RULES,
  ...TOPUP_RULES,
});

/** Looks through the book between two transactions. */
export class BookChecks implements Checks {
  readonly violations: Violation[] = [];
  asked = 0;
  private readonly statuses = new Map<unknown, string>();
  private readonly moves: string[] = [];

  constructor(
    private readonly book: Book,
    private readonly channel: BookChannel,
    private readonly clock: Clock,
  ) {}

  /** Follows every status that is written, also those that were left again on the same day. */
  written(entity: Entity, row: Row): void {
    const table = TABLES.get(entity);
    if (!table) return;
    const [to, from] = [row['status'] as string, this.statuses.get(row['id'])];
    this.statuses.set(row['id'], to);
    if (from !== undefined && from !== to && !table.allows(from, to))
      this.moves.push(`${entity.name} from ${from} to ${to}`);
  }

  day(day: number, accounts: readonly string[]): Promise<void> {
    return this.book.transaction(async () => {
      for (const accountId of accounts) this.account(day, accountId);
      this.note(day, 'every status moves as its table allows', this.moves.splice(0).length);
    });
  }

  async whole(day: number): Promise<void> {
    await this.day(
      day,
      this.book.rows(Account, {}).map(({ id }) => id as string),
    );
    const live = this.book.rows(Subscription, { status: 'active' }) as unknown as Subscription[];
    const over = live.filter((subscription) => !isInForce(subscription, this.clock.now()));
    this.note(day, 'nothing is in force beyond its time', over.length);
    this.note(day, 'a coupon isn’t kept for an order that nobody can pay any more', this.keptInVain());
    this.note(day, 'a coupon counts the orders that have it, and no more than it allows', this.miscounted());
  }

  /** After everything due has been done. */
  private keptInVain(): number {
    const reserved = this.book.rows(CouponRedemption, {
      status: 'reserved',
    }) as unknown as CouponRedemption[];
    return reserved.filter(({ paymentId }) => {
      const [order] = this.book.rows(Order, {
        id: paymentId,
      }) as unknown as Order[];
      return order!.expiresAt.getTime() + 10 * 60_000 < this.clock.now().getTime();
    }).length;
  }

  private miscounted(): number {
    const having = new Map<string, number>();
    for (const { couponId, status } of this.book.rows(
      CouponRedemption,
      {},
    ) as unknown as CouponRedemption[]) {
      const counts = status === 'reserved' || status === 'redeemed';
      if (counts) having.set(couponId, (having.get(couponId) ?? 0) + 1);
    }
    const coupons = this.book.rows(Coupon, {}) as unknown as Coupon[];
    return coupons.filter(
      ({ id, redeemed, maxRedemptions }) =>
        redeemed !== (having.get(id) ?? 0) || redeemed > (maxRedemptions ?? Infinity),
    ).length;
  }

  private account(day: number, accountId: string): void {
    const account = readAccount(this.book, this.channel, accountId, this.clock.now());
    for (const [sentence, broken] of ALL_RULES) this.note(day, sentence, broken(account));
  }

  private note(day: number, sentence: string, rows: number): void {
    this.asked += 1;
    if (rows > 0) this.violations.push({ day, sentence, rows });
  }
}
