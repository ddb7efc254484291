import { verify } from 'node:crypto';
import type { RefundOrder } from '../../src/providers/payment-provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
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
let provider: WechatPayProvider;

beforeEach(async () => {
  sandbox = await startSandbox();
  inbox = await MerchantEndpoint.start({ status: 204 });
  provider = providerWith({});
});

afterEach(async () => {
  await sandbox.close();
  await inbox.close();
});

function providerWith(over: Partial<ConstructorParameters<typeof WechatPayProvider>[0]>): WechatPayProvider {
  const baseUrl = `${sandbox.url}/sandbox/wechat`;
  return new WechatPayProvider({ ...sandbox.keys.merchant.wechat, baseUrl, ...over }, sandbox.clock);
}

function newOrder(): PaymentOrder {
  return {
    orderId: newOrderId(),
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版 "一个月" / <100%>',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: inbox.url,
    returnUrl: null,
    method: null,
    payer: { ip: null, openId: null },
  };
}

async function notified(by = provider) {
  const { headers, body } = await inbox.next();
  return by.readNotification({ headers, body: Buffer.from(body) });
}

async function ordered(): Promise<PaymentOrder> {
  const order = newOrder();
  expect(await provider.createPayment(order)).toEqual({
    outcome: 'created',
    paymentUrl: null,
    qrCode: expect.stringContaining(order.orderId),
    prepay: null,
  });
  return order;
}

async function paid(): Promise<PaymentOrder> {
  const order = await ordered();
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  return order;
}

function partOf(order: PaymentOrder, refundNo: string, amountFen: number): RefundOrder {
  const { orderId, currency, notifyUrl } = order;
  return {
    orderId,
    refundNo: orderId + refundNo,
    amountFen,
    orderAmountFen: order.amountFen,
    currency,
    reason: '不满意',
    notifyUrl,
  };
}

it('carries an order from its code to its full refund', async () => {
  const order = await ordered();
  expect(await provider.createPayment(order)).toMatchObject({ outcome: 'created' });
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
  expect(await notified()).toMatchObject({ outcome: 'payment', orderId: order.orderId, observation });
  expect(await provider.queryPayment(order.orderId)).toEqual(observation);
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'paid' });
  expect(await provider.createPayment(order)).toEqual({ outcome: 'unknown', reason: 'ORDERPAID' });

  const part = partOf(order, 'R-1', 500);
  expect(await provider.queryRefund(part)).toEqual({ outcome: 'absent' });
  expect(await provider.refund(part)).toMatchObject({ outcome: 'pending', reason: 'status PROCESSING' });
  expect(await notified()).toMatchObject({
    outcome: 'refund',
    orderId: order.orderId,
    refundNo: part.refundNo,
    result: { outcome: 'succeeded', refundedAt: expect.any(Date) },
    amountFen: 500,
  });
  const done = {
    outcome: 'succeeded',
    refundedAt: expect.any(Date),
    acceptedAt: expect.any(Date),
    amountFen: 500,
  };
  expect(await provider.queryRefund(part)).toEqual(done);
  expect(await provider.queryRefund({ ...part, amountFen: null })).toEqual(done);
  expect(await provider.refund(part)).toMatchObject({ outcome: 'succeeded' });
  expect(await provider.queryPayment(order.orderId)).toMatchObject({ outcome: 'refunded', trade });

  expect(await provider.refund(partOf(order, 'R-2', 1500))).toMatchObject({
    outcome: 'failed',
    code: 'INVALID_REQUEST',
  });
  expect(await provider.refund(partOf(order, 'R-3', 1499))).toMatchObject({ outcome: 'pending' });
  expect(await notified()).toMatchObject({ outcome: 'refund', amountFen: 1499 });
});

it('tells the moment of payment truly, whatever the zone of the process', async () => {
  const before = Math.floor(sandbox.clock.now().getTime() / 1000) * 1000;
  const order = await paid();
  const after = sandbox.clock.now().getTime();
  const seen = await provider.queryPayment(order.orderId);
  const paidAt = seen.outcome === 'paid' ? seen.trade.paidAt.getTime() : Number.NaN;
  expect(paidAt >= before && paidAt <= after).toBe(true);
});

it('closes an unpaid order, and one that never was', async () => {
  const order = await ordered();
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'closed' });
  expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'closed' });
  expect(await provider.closePayment(order.orderId)).toEqual({ outcome: 'closed' });
  expect(await provider.closePayment(newOrderId())).toEqual({ outcome: 'closed' });
});

it('takes an order that the channel does not know for pending, and refunds nothing of it', async () => {
  const order = newOrder();
  expect(await provider.queryPayment(order.orderId)).toEqual({ outcome: 'pending' });
  expect(await provider.queryRefund(partOf(order, 'R-1', 1))).toEqual({ outcome: 'absent' });
  expect(await provider.refund(partOf(order, 'R-1', 1))).toMatchObject({
    outcome: 'failed',
    code: 'RESOURCE_NOT_EXISTS',
  });
});

it('does not refund what was never paid', async () => {
  const order = await ordered();
  expect(await provider.refund(partOf(order, 'R-1', 1))).toMatchObject({ outcome: 'failed' });
});

it('learns nothing with a key that the channel does not know, nor from a channel with another key', async () => {
  const order = await paid();
  const strangers = createSandboxCredentials().merchant.wechat;
  const { id } = sandbox.keys.merchant.wechat.publicKey;
  const unknown = { outcome: 'unknown', reason: expect.any(String), keyFault: true };
  const ourKeyIsWrong = providerWith({ privateKey: strangers.privateKey });
  const theirKeyIsWrong = providerWith({ publicKey: { id, pem: strangers.publicKey.pem } });
  for (const one of [ourKeyIsWrong, theirKeyIsWrong]) {
    expect(await one.queryPayment(order.orderId)).toEqual(unknown);
    expect(await one.refund(partOf(order, one === ourKeyIsWrong ? 'R-1' : 'R-2', 1))).toEqual(unknown);
  }
  expect(await ourKeyIsWrong.closePayment(order.orderId)).toEqual(unknown);
  // The money of the second did move: an answer that can't be verified is unknown, and a query finds it out.
  expect(await provider.queryRefund(partOf(order, 'R-1', 1))).toEqual({ outcome: 'absent' });
  expect(await provider.queryRefund(partOf(order, 'R-2', 1))).toMatchObject({ outcome: 'succeeded' });
});

it("refuses notifications for another's app or merchant, from another's channel, or out of time", async () => {
  const strangers = createSandboxCredentials().merchant.wechat;
  const { id } = sandbox.keys.merchant.wechat.publicKey;
  await paid();
  const { headers, body } = await inbox.next();
  const notification = { headers, body: Buffer.from(body) };
  const cases = [
    [{ appId: strangers.appId }, 'foreign'],
    [{ mchId: strangers.mchId }, 'foreign'],
    [{ apiV3Key: strangers.apiV3Key }, 'malformed'],
    [{ publicKey: { id, pem: strangers.publicKey.pem } }, 'bad_signature'],
    [{ publicKey: strangers.publicKey }, 'bad_signature'],
  ] as const;
  for (const [over, reason] of cases) {
    const one = providerWith(over);
    expect(await one.readNotification(notification)).toMatchObject({ outcome: 'refused', reason });
  }
  sandbox.clock.forward(302_000);
  expect(await provider.readNotification(notification)).toMatchObject({ reason: 'stale' });
});

it('gets a notification again, unchanged, after its refusal', async () => {
  const { status, body } = provider.refusal(400, 'not now');
  inbox.replies.push({ status, body }, { status: provider.acknowledgement.status });
  await paid();
  const first = await notified();
  expect(first).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
  // The same notification: whoever records its id sees that it is.
  expect(await notified()).toEqual(first);
});

it('opens an order for a mobile browser, for a buyer whose address is known', async () => {
  const order = { ...newOrder(), method: 'h5', payer: { ip: '203.0.113.7', openId: null } };
  expect(await provider.createPayment(order)).toEqual({
    outcome: 'created',
    paymentUrl: expect.stringContaining(order.orderId),
    qrCode: null,
    prepay: null,
  });
  expect(await provider.createPayment({ ...newOrder(), method: 'h5' })).toMatchObject({
    outcome: 'refused',
    code: 'PAYER_UNKNOWN',
  });
});

it('leads the buyer of a mobile browser back to the merchant after paying', async () => {
  const order = {
    ...newOrder(),
    method: 'h5',
    returnUrl: 'https://shop.example/done?a=1&b=2',
    payer: { ip: '::ffff:203.0.113.7', openId: null },
  };
  const created = await provider.createPayment(order);
  if (created.outcome !== 'created' || created.paymentUrl === null) throw new Error('no paymentUrl');
  expect(await (await fetch(created.paymentUrl)).text()).not.toContain('shop.example');
  const pressed = await fetch(created.paymentUrl, { method: 'POST', redirect: 'manual' });
  const next = new URL(pressed.headers.get('location') ?? '', created.paymentUrl);
  expect(await (await fetch(next)).text()).toContain('href="https://shop.example/done?a=1&amp;b=2"');
});

it('opens an order inside WeChat, and signs what the page hands to it', async () => {
  const order = { ...newOrder(), method: 'jsapi', payer: { ip: null, openId: 'oBuyer' } };
  const created = await provider.createPayment(order);
  if (created.outcome !== 'created' || created.prepay === null) throw new Error('no prepay');
  const { appId, timeStamp, nonceStr, package: prepay, signType, paySign = '' } = created.prepay;
  expect({ appId, signType, prepay }).toEqual({
    appId: sandbox.keys.merchant.wechat.appId,
    signType: 'RSA',
    prepay: expect.stringMatching(/^prepay_id=wx/),
  });
  const text = `${appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`;
  const { merchantPublicKey } = sandbox.keys.gateway.wechat;
  expect(verify('sha256', Buffer.from(text), merchantPublicKey, Buffer.from(paySign, 'base64'))).toBe(true);
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  expect(await notified()).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
  expect(await provider.createPayment({ ...newOrder(), method: 'jsapi' })).toMatchObject({
    outcome: 'refused',
    code: 'PAYER_UNKNOWN',
  });
});
