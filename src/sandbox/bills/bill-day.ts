import { DateTime } from 'luxon';
import type { SandboxChannel, SandboxOrder, SandboxRefund } from '../records/sandbox-order.js';

/** One line of a bill, before it takes its channel's form. */
export interface BillEvent {
  order: SandboxOrder;
  /** Null for the payment itself. */
  refund: SandboxRefund | null;
  at: Date;
}

const READY_AT_HOUR = 10;

/** A day in Beijing, for which both channels make their bills. */
export class BillDay {
  private constructor(private readonly start: DateTime) {}

  /** @returns null for anything but a day as `YYYY-MM-DD`. */
  static parse(text: unknown): BillDay | null {
    if (typeof text !== 'string') return null;
    const start = DateTime.fromFormat(text, 'yyyy-MM-dd', { zone: 'UTC+8' });
    return start.isValid ? new BillDay(start) : null;
  }

  get date(): string {
    return this.start.toFormat('yyyy-MM-dd');
  }

  /** The bill is there from 10:00 of the next day. */
  isReady(now: Date): boolean {
    return now >= this.start.plus({ days: 1, hours: READY_AT_HOUR }).toJSDate();
  }

  /**
   * The payments and refunds of this day, in the order of time. Alipay's bill has a refund on the day on which it was
   * done, WeChat Pay's on the day on which it was asked for, done or not.
   */
  eventsOf(channel: SandboxChannel, orders: readonly SandboxOrder[]): BillEvent[] {
    return orders
      .flatMap((order): BillEvent[] =>
        order.channel !== channel || order.paidAt === null
          ? []
          : [
              { order, refund: null, at: new Date(order.paidAt) },
              ...order.refunds.flatMap((refund) => {
                const at = channel === 'wechat' ? refund.createdAt : refund.succeededAt;
                return at === null ? [] : [{ order, refund, at: new Date(at) }];
              }),
            ],
      )
      .filter(({ at }) => this.includes(at))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  }

  private includes(at: Date): boolean {
    return at >= this.start.toJSDate() && at < this.start.plus({ days: 1 }).toJSDate();
  }
}
