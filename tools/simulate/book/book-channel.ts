import type { RefundOrder, RefundResult } from '../../../src/providers/payment-provider.js';
import { FakeChannel } from '../../../test/support/fake-channel.js';

/** A channel that has ten years of refunds and still finds an order's at once. */
export class BookChannel extends FakeChannel {
  private readonly refunded = new Map<string, number>();

  override async refund(order: RefundOrder): Promise<RefundResult> {
    this.calls.length = 0;
    const isNew = !this.refunds.has(order.refundNo);
    const result = await super.refund(order);
    const { orderId, amountFen } = order;
    if (isNew) this.refunded.set(orderId, this.refundedOf(orderId) + amountFen);
    return result;
  }

  override refundedOf(orderId: string): number {
    return this.refunded.get(orderId) ?? 0;
  }
}
