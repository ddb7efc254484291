import assert from 'node:assert/strict';
import type { PaidTrade, PaymentObservation } from '../../providers/payment-observation.js';
import type { ContractCase } from './provider-world.js';

const AMOUNT_FEN = 1999;

/** What a provider promises of orders, from their making to their payment or close. */
export const paymentCases: readonly ContractCase[] = [
  {
    name: 'creates an order that can be paid, and again without harm',
    async run({ provider, newOrder }) {
      const order = newOrder();
      for (const result of [await provider.createPayment(order), await provider.createPayment(order)]) {
        assert.equal(result.outcome, 'created', 'createPayment');
        assert(
          result.outcome === 'created' && (result.paymentUrl ?? result.qrCode ?? result.prepay) !== null,
          'a created order gives the buyer some way to pay',
        );
      }
    },
  },
  {
    name: 'refuses what no channel could take, before calling it',
    async run({ provider, newOrder }) {
      const order = newOrder();
      await assert.rejects(provider.createPayment({ ...order, amountFen: 0 }), RangeError, 'an amount of 0');
      await assert.rejects(provider.createPayment({ ...order, amountFen: 19.99 }), RangeError, 'half a fen');
      await assert.rejects(
        provider.createPayment({ ...order, orderId: 'a/../b' }),
        RangeError,
        'a path as order id',
      );
      await assert.rejects(provider.queryPayment('../refunds'), RangeError, 'a path as order id');
    },
  },
  {
    name: 'takes an order that is not paid, or not known to the channel, for pending',
    async run({ provider, newOrder }) {
      const order = newOrder();
      assert.equal((await provider.queryPayment(newOrder().orderId)).outcome, 'pending', 'an unknown order');
      await provider.createPayment(order);
      assert.equal((await provider.queryPayment(order.orderId)).outcome, 'pending', 'an unpaid order');
    },
  },
  {
    name: 'tells a payment truly, by query and by notification alike',
    async run({ provider, newOrder, pay, nextNotification }) {
      const order = newOrder();
      await provider.createPayment(order);
      await pay(order);
      const queried = tradeOf(await provider.queryPayment(order.orderId));
      const notice = await provider.readNotification(await nextNotification());
      assert(notice.outcome === 'payment', `the notification is ${notice.outcome}, not of a payment`);
      assert.equal(notice.orderId, order.orderId, "the notification's order");
      assert.notEqual(notice.notificationId, '', "the notification's id");
      for (const trade of [queried, tradeOf(notice.observation)]) {
        const { orderId, amountFen, currency, tradeNo } = trade;
        assert.deepEqual(
          { orderId, amountFen, currency },
          { orderId: order.orderId, amountFen: AMOUNT_FEN, currency: 'CNY' },
        );
        assert.notEqual(tradeNo, order.orderId, "tradeNo is the channel's number, not the order's");
        assert(!Number.isNaN(trade.paidAt.getTime()), 'paidAt is a time');
      }
      assert.equal(queried.tradeNo, tradeOf(notice.observation).tradeNo, 'tradeNo');
    },
  },
  {
    name: 'closes an unpaid order so that it cannot be paid, and again without harm',
    async run({ provider, newOrder, pay }) {
      const order = newOrder();
      await provider.createPayment(order);
      // Opened at the channel, so that there is something to close.
      await provider.queryPayment(order.orderId);
      assert.equal((await provider.closePayment(order.orderId)).outcome, 'closed', 'the close');
      assert.equal((await provider.closePayment(order.orderId)).outcome, 'closed', 'the second close');
      const paid = await pay(order).then(
        () => true,
        () => false,
      );
      const seen = await provider.queryPayment(order.orderId);
      assert.equal(seen.outcome === 'paid', paid, 'the query tells what became of a closed order');
    },
  },
  {
    name: 'does not take a paid order for closed',
    async run({ provider, newOrder, pay }) {
      const order = newOrder();
      await provider.createPayment(order);
      await pay(order);
      assert.equal((await provider.closePayment(order.orderId)).outcome, 'paid', 'the close');
      assert.equal((await provider.queryPayment(order.orderId)).outcome, 'paid', 'the query');
    },
  },
  {
    name: 'knows nothing while the channel is away, and neither throws nor guesses',
    async run({ provider, newOrder, pay, cutOff }) {
      const order = newOrder();
      await provider.createPayment(order);
      await pay(order);
      await cutOff();
      const other = await provider.createPayment(newOrder());
      assert(['unknown', 'created'].includes(other.outcome), `createPayment is ${other.outcome}`);
      assert.equal((await provider.queryPayment(order.orderId)).outcome, 'unknown', 'queryPayment');
      assert.equal((await provider.closePayment(order.orderId)).outcome, 'unknown', 'closePayment');
    },
  },
];

function tradeOf(observation: PaymentObservation): PaidTrade {
  assert(observation.outcome === 'paid', `a paid order is ${observation.outcome}`);
  return observation.trade;
}
