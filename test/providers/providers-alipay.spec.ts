import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { RefundOrder } from '../../src/providers/payment-provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { createSandboxCredentials } from '../../src/sandbox/options/sandbox-credentials.js';
import {
  MerchantEndpoint,
  newOrderId,
  payAsBuyer,
  startSandbox,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

let sandbox: RunningSandbox;
let inbox: MerchantEndpoint;
let provider: AlipayProvider;

beforeEach(async () => {
  sandbox = await startSandbox();
  inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  provider = providerWith({});
});

afterEach(async () => {
  await sandbox.close();
  await inbox.close();
});

function providerWith(over: Partial<ConstructorParameters<typeof AlipayProvider>[0]>): AlipayProvider {
  const gateway = `${sandbox.url}/sandbox/alipay/gateway.do`;
  return new AlipayProvider({ ...sandbox.keys.merchant.alipay, gateway, ...over }, sandbox.clock);
}

function newOrder(): PaymentOrder {
  return {
    orderId: newOrderId(),
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版 A &amp; B "100%"+<1>',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: `${inbox.url}?from=alipay&x=1`,
    returnUrl: 'http://127.0.0.1:1/back?a=1&b=2',
    method: null,
    payer: { ip: null, openId: null },
  };
}

async function notified(by = provider) {
  const { headers, body } = await inbox.next();
  return by.readNotification({ headers, body: Buffer.from(body) });
}

async function opened(): Promise<PaymentOrder> {
  const order = newOrder();
  const created = await provider.createPayment(order);
  if (created.outcome !== 'created' || created.paymentUrl === null) throw new Error('no link');
  const page = await fetch(created.paymentUrl, { redirect: 'manual' });
  expect(page.status).toBe(302);
  return order;
}

async function paid(): Promise<PaymentOrder> {
  const order = await opened();
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  return order;
}

function partOf(order: PaymentOrder, refundNo: string, amountFen: number): RefundOrder {
  const { orderId, currency, notifyUrl } = order;
  return {
    orderId,
    refundNo,
    amountFen,
    orderAmountFen: order.amountFen,
    currency,
    reason: '不满意',
    notifyUrl,
  };
}

it('carries an order from its link to its full refund', async () => {
  const order = await opened();
  expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'pending' });
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);

  const trade = {
    orderId: order.orderId,
    tradeNo: expect.stringMatching(/^\d{28}$/),
    amountFen: 1999,
    currency: 'CNY',
    paidAt: expect.any(Date),
  };
  const observation = { outcome: 'paid', trade };
  const payment = await notified();
  expect(payment).toMatchObject({ outcome: 'payment', orderId: order.orderId, observation });
  expect(await provider.queryPayment(order.orderId)).toEqual(observation);
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'paid' });

  const part = partOf(order, 'R-1', 500);
  expect(await provider.queryRefund(part)).toEqual({ outcome: 'absent' });
  expect(await provider.refund(part)).toMatchObject({ outcome: 'succeeded' });
  expect(await notified()).toMatchObject({
    outcome: 'refund',
    refundNo: 'R-1',
    result: { outcome: 'succeeded', refundedAt: expect.any(Date) },
    refundedFen: 500,
  });
  expect(await provider.refund(part)).toMatchObject({ outcome: 'pending' });
  const done = { outcome: 'succeeded', refundedAt: expect.any(Date), amountFen: 500 };
  expect(await provider.queryRefund(part)).toEqual(done);
  expect(await provider.queryRefund({ ...part, amountFen: null })).toEqual(done);

  expect(await provider.refund(partOf(order, 'R-2', 1500))).toMatchObject({
    outcome: 'failed',
    code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  });
  expect(await provider.refund(partOf(order, 'R-3', 1499))).toMatchObject({ outcome: 'succeeded' });
  expect(await notified()).toMatchObject({ outcome: 'refund', refundNo: 'R-3', refundedFen: 1999 });
  expect(await provider.queryPayment(order.orderId)).toMatchObject({
    outcome: 'refunded',
    refundedFen: 1999,
  });
});

it('tells the moment of payment truly, whatever the zone of the process', async () => {
  const before = Math.floor(sandbox.clock.now().getTime() / 1000) * 1000;
  const order = await paid();
  const after = sandbox.clock.now().getTime();
  const seen = await provider.queryPayment(order.orderId);
  const paidAt = seen.outcome === 'paid' ? seen.trade.paidAt.getTime() : Number.NaN;
  expect(paidAt >= before && paidAt <= after).toBe(true);
});

it('closes an order that the buyer opened, and one that nobody opened', async () => {
  const order = await opened();
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'closed' });
  expect(await notified()).toMatchObject({ outcome: 'payment', observation: { outcome: 'closed' } });
  expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'closed' });
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'closed' });

  // Its link can't be withdrawn, and can still be opened.
  expect(await provider.closePayment(newOrderId())).toEqual({ outcome: 'closed', linkLives: true });
});

it('takes an order that the channel does not know for pending, and refunds nothing of it', async () => {
  const order = newOrder();
  expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'pending' });
  expect(await provider.queryRefund(partOf(order, 'R-1', 1))).toEqual({ outcome: 'absent' });
  expect(await provider.refund(partOf(order, 'R-1', 1))).toMatchObject({
    outcome: 'failed',
    code: 'ACQ.TRADE_NOT_EXIST',
  });
});

it('does not refund what was never paid', async () => {
  const order = await opened();
  expect(await provider.refund(partOf(order, 'R-1', 1))).toMatchObject({
    outcome: 'failed',
    code: 'ACQ.TRADE_STATUS_ERROR',
  });
});

it('learns nothing with a key that the channel does not know, nor from a channel with another key', async () => {
  const order = await paid();
  const strangers = createSandboxCredentials().merchant.alipay;
  const unknown = { outcome: 'unknown', reason: expect.any(String), keyFault: true };
  const ourKeyIsWrong = providerWith({ privateKey: strangers.privateKey });
  const theirKeyIsWrong = providerWith({ alipayPublicKey: strangers.alipayPublicKey });
  for (const one of [ourKeyIsWrong, theirKeyIsWrong]) {
    expect(await one.queryPayment(order.orderId)).toEqual(unknown);
    expect(await one.closePayment(order.orderId)).toEqual(unknown);
    expect(await one.refund(partOf(order, 'R-1', 1))).toEqual(unknown);
  }
  expect(await provider.queryPayment(order.orderId)).toMatchObject({ outcome: 'paid' });
});

it("refuses notifications for another's app or seller, or from another's channel", async () => {
  const strangers = createSandboxCredentials().merchant.alipay;
  await paid();
  const { headers, body } = await inbox.next();
  const notification = { headers, body: Buffer.from(body) };
  const cases = [
    [{ appId: strangers.appId }, 'foreign'],
    [{ sellerId: strangers.sellerId }, 'foreign'],
    [{ alipayPublicKey: strangers.alipayPublicKey }, 'bad_signature'],
  ] as const;
  for (const [over, reason] of cases) {
    expect(await providerWith(over).readNotification(notification)).toMatchObject({
      outcome: 'refused',
      reason,
    });
  }
});

it('gets a notification again, unchanged, after its refusal', async () => {
  const { status, body } = provider.refusal(400);
  inbox.replies.push({ status, body }, { status: 200, body: provider.acknowledgement.body });
  await paid();
  const first = await notified();
  expect(first).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
  // The same notification: whoever records its id sees that it is.
  expect(await notified()).toEqual(first);
});

it('takes an order through the mobile website, and returns the buyer from there', async () => {
  const order = { ...newOrder(), method: 'wap' };
  const created = await provider.createPayment(order);
  if (created.outcome !== 'created' || created.paymentUrl === null) throw new Error('no link');
  expect(new URL(created.paymentUrl).searchParams.get('method')).toBe('alipay.trade.wap.pay');
  expect((await fetch(created.paymentUrl, { redirect: 'manual' })).status).toBe(302);
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  expect(await notified()).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
  const page = await (await fetch(`${sandbox.url}/sandbox/cashier/${order.orderId}`)).text();
  expect(page).toContain('alipay.trade.wap.pay.return');
});

it('opens an order for a code to scan, the same code each time, and is notified of it', async () => {
  const order = { ...newOrder(), method: 'qr' };
  const created = await provider.createPayment(order);
  expect(created).toEqual({
    outcome: 'created',
    paymentUrl: null,
    qrCode: expect.stringContaining(order.orderId),
    prepay: null,
  });
  expect(await provider.createPayment(order)).toEqual(created);
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  expect(await notified()).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
});

it('takes an order for a code as refused only where the channel surely made none', async () => {
  const order = { ...newOrder(), method: 'qr' };
  const expired = { ...order, expiresAt: new Date(sandbox.clock.now().getTime() - 1_000) };
  expect(await provider.createPayment(expired)).toMatchObject({
    outcome: 'refused',
    code: 'ACQ.INVALID_PARAMETER',
  });
  await provider.createPayment(order);
  await payAsBuyer(sandbox, order.orderId);
  expect(await provider.createPayment(order)).toMatchObject({ outcome: 'unknown' });
  await expect(provider.createPayment({ ...order, method: 'native' })).rejects.toThrow(RangeError);
});
