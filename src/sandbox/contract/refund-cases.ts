import assert from 'node:assert/strict';
import type { RefundOrder } from '../../providers/payment-provider.js';
import type { PaymentOrder } from '../../providers/payment-order.js';
import type { ContractCase, ProviderWorld } from './provider-world.js';

/** What a provider promises of refunds: each number moves its money once. */
export const refundCases: readonly ContractCase[] = [
  {
    name: 'returns a part, and tells so when asked',
    async run(world) {
      const part = partOf(await paidOrder(world), 'R-1', 500);
      assert(['succeeded', 'pending'].includes((await world.provider.refund(part)).outcome), 'the refund');
      assert.equal((await world.provider.queryRefund(part)).outcome, 'succeeded', 'its query');
    },
  },
  {
    name: 'moves the money of one refund number once, however often it is asked',
    async run(world) {
      const order = await paidOrder(world);
      const part = partOf(order, 'R-1', 1000);
      for (let time = 0; time < 3; time += 1) {
        const { outcome } = await world.provider.refund(part);
        assert(['succeeded', 'pending'].includes(outcome), `the refund, time ${time + 1}, is ${outcome}`);
      }
      const rest = partOf(order, 'R-2', 999);
      await world.provider.refund(rest);
      assert.equal((await world.provider.queryRefund(rest)).outcome, 'succeeded', 'the rest is still there');
    },
  },
  {
    name: 'does not return more than is left',
    async run(world) {
      const order = await paidOrder(world);
      await world.provider.refund(partOf(order, 'R-1', 1000));
      const much = partOf(order, 'R-2', 1000);
      assert.equal((await world.provider.refund(much)).outcome, 'failed', 'the refund');
      assert.notEqual((await world.provider.queryRefund(much)).outcome, 'succeeded', 'its query');
    },
  },
  {
    name: 'knows no refund that was never asked for, and returns nothing of an unpaid order',
    async run(world) {
      const part = partOf(await paidOrder(world), 'R-9', 1);
      assert.equal((await world.provider.queryRefund(part)).outcome, 'absent', 'the query');
      const unpaid = world.newOrder();
      await world.provider.createPayment(unpaid);
      const result = await world.provider.refund(partOf(unpaid, 'R-1', 1));
      assert.equal(result.outcome, 'failed', 'the refund of an unpaid order');
    },
  },
  {
    name: 'tells the amount of a refund that is known by its number alone',
    async run(world) {
      const order = await paidOrder(world);
      const part = partOf(order, 'R-1', 500);
      await world.provider.refund(part);
      const found = await world.provider.queryRefund({ ...part, amountFen: null });
      assert(found.outcome === 'succeeded', `the query is ${found.outcome}`);
      assert.equal(found.amountFen, 500, 'its amount');
      const another = await world.provider.queryRefund({ ...part, amountFen: 501 });
      assert.notEqual(another.outcome, 'succeeded', 'a query for another amount');
    },
  },
  {
    name: 'refuses a refund that no channel could take, before calling it',
    async run(world) {
      const part = partOf(world.newOrder(), 'R-1', 1);
      await assert.rejects(world.provider.refund({ ...part, amountFen: 0 }), RangeError, 'an amount of 0');
      await assert.rejects(
        world.provider.refund({ ...part, amountFen: 2000 }),
        RangeError,
        'more than the order',
      );
      await assert.rejects(
        world.provider.refund({ ...part, refundNo: '../a' }),
        RangeError,
        'a path as number',
      );
    },
  },
  {
    name: 'does not take a refund for failed while the channel is away',
    async run(world) {
      const part = partOf(await paidOrder(world), 'R-1', 500);
      await world.cutOff();
      assert.equal((await world.provider.refund(part)).outcome, 'unknown', 'the refund');
      assert.equal((await world.provider.queryRefund(part)).outcome, 'unknown', 'its query');
    },
  },
];

async function paidOrder({ provider, newOrder, pay }: ProviderWorld): Promise<PaymentOrder> {
  const order = newOrder();
  await provider.createPayment(order);
  await pay(order);
  return order;
}

function partOf(order: PaymentOrder, refundNo: string, amountFen: number): RefundOrder {
  const { orderId, amountFen: orderAmountFen, currency, notifyUrl } = order;
  // Numbers are unique within a merchant, not within an order.
  return {
    orderId,
    refundNo: `${refundNo}-${orderId}`,
    amountFen,
    orderAmountFen,
    currency,
    reason: null,
    notifyUrl,
  };
}
