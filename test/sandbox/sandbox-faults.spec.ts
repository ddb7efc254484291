import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { NotificationResult, PaymentProvider } from '../../src/providers/payment-provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import {
  MerchantEndpoint,
  newOrderId,
  payAsBuyer,
  startSandbox,
  stopEverything,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

let sandbox: RunningSandbox;
let inbox: MerchantEndpoint;

afterEach(stopEverything);

async function fault(body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const url = `${sandbox.url}/sandbox/faults`;
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

async function clearFaults(): Promise<void> {
  await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
}

function orderFor(provider: PaymentProvider): PaymentOrder {
  return {
    orderId: newOrderId(),
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: inbox.url,
    returnUrl: null,
    method: provider.name === 'alipay' ? 'qr' : null,
    payer: { ip: null, openId: null },
  };
}

describe.each(['alipay', 'wechat'] as const)('%s', (channel) => {
  let provider: PaymentProvider;

  beforeEach(async () => {
    sandbox = await startSandbox({ on: channel === 'alipay' ? 'fastify' : 'express' });
    inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
    const { merchant } = sandbox.keys;
    provider =
      channel === 'alipay'
        ? new AlipayProvider(
            { ...merchant.alipay, gateway: `${sandbox.url}/sandbox/alipay/gateway.do`, timeoutMs: 1_500 },
            sandbox.clock,
          )
        : new WechatPayProvider(
            { ...merchant.wechat, baseUrl: `${sandbox.url}/sandbox/wechat`, timeoutMs: 1_500 },
            sandbox.clock,
          );
  });

  async function paid(): Promise<PaymentOrder> {
    const order = orderFor(provider);
    expect(await provider.createPayment(order)).toMatchObject({ outcome: 'created' });
    expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
    return order;
  }

  async function notified(): Promise<NotificationResult> {
    const { headers, body } = await inbox.next();
    return provider.readNotification({ headers, body: Buffer.from(body) });
  }

  it.each(['drop', 'error', 'unsigned', 'tampered', 'delay'])(
    'does what it was asked for and hides it (%s): the outcome is unknown, and the work is done once',
    async (kind) => {
      const order = await paid();
      await notified();
      const refund = {
        orderId: order.orderId,
        refundNo: 'R-1',
        amountFen: 500,
        orderAmountFen: 1999,
        currency: 'CNY',
        reason: null,
        notifyUrl: inbox.url,
      };
      // Alipay's SDK sends once more by itself what broke off.
      const times = kind === 'drop' && channel === 'alipay' ? 2 : 1;
      expect(await fault({ kind, channel, times, ...(kind === 'delay' ? { delayMs: 4_000 } : {}) })).toBe(
        201,
      );
      expect(await provider.refund(refund)).toMatchObject({ outcome: 'unknown' });
      expect(await provider.queryRefund(refund)).toMatchObject({ outcome: 'succeeded' });
      expect(await provider.refund(refund)).not.toMatchObject({ outcome: 'failed' });
      await notified();
      const rest = { ...refund, refundNo: 'R-2', amountFen: 1500 };
      expect(await provider.refund(rest)).toMatchObject({ outcome: 'failed' });
    },
  );

  it('does nothing while it is out of order', async () => {
    const order = orderFor(provider);
    await fault({ kind: 'outage', channel });
    expect(await provider.createPayment(order)).toMatchObject({ outcome: 'unknown' });
    expect(await provider.queryPayment(order.orderId)).toMatchObject({ outcome: 'unknown' });
    await clearFaults();
    expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'pending' });
    expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(404);
  });

  it('sends a notification many times over, none, or late', async () => {
    await fault({ kind: 'duplicate', copies: 5, times: 1 });
    const { orderId } = await paid();
    const copies = await Promise.all(Array.from({ length: 5 }, notified));
    expect(new Set(copies.map((copy) => 'notificationId' in copy && copy.notificationId)).size).toBe(1);
    expect(copies[4]).toMatchObject({ outcome: 'payment', orderId });

    await fault({ kind: 'suppress', times: 1 });
    await paid();
    await fault({ kind: 'late', delayMs: 50, times: 1 });
    const late = await paid();
    expect(inbox.unread).toBe(0);
    expect(await notified()).toMatchObject({ outcome: 'payment', orderId: late.orderId });
  });

  it('lets a later notification overtake an earlier', async () => {
    await fault({ kind: 'reorder', times: 1 });
    const [first, second] = [await paid(), await paid()];
    expect(await notified()).toMatchObject({ outcome: 'payment', orderId: second.orderId });
    expect(await notified()).toMatchObject({ outcome: 'payment', orderId: first.orderId });
  });

  it('sends a probe with a wrong signature, then the true notification', async () => {
    await fault({ kind: 'probe', times: 1 });
    const { orderId } = await paid();
    const both = [await notified(), await notified()];
    const reason = channel === 'wechat' ? 'probe' : 'bad_signature';
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ outcome: 'refused', reason }),
        expect.objectContaining({ outcome: 'payment', orderId }),
      ]),
    );
  });

  it('keeps a fault to its channel, lists what is left, and refuses what it does not know', async () => {
    await fault({ kind: 'outage', channel: channel === 'alipay' ? 'wechat' : 'alipay' });
    await fault({ kind: 'error', channel, times: 3 });
    await provider.queryPayment(newOrderId());
    const list = await (await fetch(`${sandbox.url}/sandbox/faults`)).json();
    expect(list.items[1]).toEqual({ kind: 'error', channel, times: 2 });
    expect(await fault({ kind: 'flood' })).toBe(400);
    expect(await fault({ kind: 'drop', times: 0 })).toBe(400);
    expect(await fault({ kind: 'drop', colour: 'red' })).toBe(400);
  });
});
