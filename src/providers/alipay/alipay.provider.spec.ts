import { createPrivateKey, createPublicKey } from 'node:crypto';
import {
  alipayAnswer,
  alipayStub,
  readAlipayCall,
  type AlipayReply,
  type AlipayStub,
} from '../../../test/support/alipay-stub.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { rsaPair } from '../../../test/support/rsa-pair.js';
import { beijingDateTime } from '../beijing-time.js';
import type { RefundOrder } from '../payment-provider.js';
import type { PaymentOrder } from '../payment-order.js';
import { keyMark } from '../rsa-keys.js';
import type { AlipayOptions } from './alipay.options.js';
import { AlipayProvider } from './alipay.provider.js';

const keys = { merchant: rsaPair(), alipay: rsaPair() };
const clock = new FixedClock('2026-02-28T16:30:05Z');
const orderId = 'abcdefABCDEF0123456789abcdefABCD';
const unknown = { outcome: 'unknown', reason: expect.any(String) };

let reply: (method: string) => AlipayReply = () => ({ code: '20000' });
let stub: AlipayStub;
let options: AlipayOptions;

beforeAll(async () => {
  stub = await alipayStub(keys, (call) => reply(call.method));
  options = {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    privateKey: keys.merchant.privateKey,
    alipayPublicKey: keys.alipay.publicKey,
    gateway: stub.gateway,
    timeoutMs: 2000,
  };
});
afterEach(() => stub.calls.splice(0));
afterAll(() => stub.close());

const provider = (over: Partial<AlipayOptions> = {}) => new AlipayProvider({ ...options, ...over }, clock);
const markOf = (publicKey: string) => keyMark(createPublicKey(publicKey)).replaceAll('+', '\\+');
const refused = (sub_code: string) => ({ code: '40004', msg: 'Business Failed', sub_code, sub_msg: 'why' });
const trade = (fields: object) => ({
  code: '10000',
  msg: 'Success',
  out_trade_no: orderId,
  trade_no: '2026030122001',
  total_amount: '19.99',
  ...fields,
});

describe('the options', () => {
  it('takes PKCS#8 and PKCS#1 keys and leaves the object that it was given alone', () => {
    const key = createPrivateKey(keys.merchant.privateKey);
    const given = { ...options, privateKey: key.export({ type: 'pkcs1', format: 'pem' }).toString() };
    const before = structuredClone(given);
    expect(() => new AlipayProvider(given, clock)).not.toThrow();
    expect(() => provider()).not.toThrow();
    expect(given).toEqual(before);
  });

  it.each([
    [{ privateKey: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----' }, 'Alipay privateKey'],
    [{ alipayPublicKey: '' }, 'Alipay alipayPublicKey is missing'],
    [{ alipayPublicKey: keys.merchant.publicKey }, "Alipay alipayPublicKey is the merchant's own"],
    [{ appId: '' }, 'Alipay appId is missing'],
    [{ sellerId: '' }, 'Alipay sellerId is missing'],
    [{ gateway: 'openapi.alipay.com' }, 'Alipay gateway is not a URL'],
  ])('refuses a broken one at once: %#', (over, message) => {
    expect(() => provider(over)).toThrow(message);
  });
});

const order: PaymentOrder = {
  orderId,
  amountFen: 1999,
  currency: 'CNY',
  subject: '专业版 A &amp; B "100%"+1',
  expiresAt: new Date('2026-02-28T17:00:05Z'),
  notifyUrl: 'https://shop.example/webhooks/alipay?a=1&b=2',
  returnUrl: 'https://shop.example/done',
  method: null,
  payer: { ip: null, openId: null },
};

describe('createPayment', () => {
  it('signs a link that says in Beijing time what was ordered', async () => {
    const created = await provider().createPayment(order);
    if (created.outcome !== 'created' || created.paymentUrl === null) throw new Error('no link');
    const { origin, pathname, search } = new URL(created.paymentUrl);
    const call = readAlipayCall({ url: pathname + search, body: '' }, keys.merchant.publicKey);

    expect(origin + pathname).toBe(stub.gateway);
    expect(call.signed).toBe(true);
    expect(call.params).toMatchObject({
      method: 'alipay.trade.page.pay',
      app_id: options.appId,
      sign_type: 'RSA2',
      charset: 'utf-8',
      notify_url: order.notifyUrl,
      return_url: order.returnUrl,
    });
    expect(call.bizContent).toEqual({
      out_trade_no: orderId,
      product_code: 'FAST_INSTANT_TRADE_PAY',
      total_amount: '19.99',
      subject: order.subject,
      time_expire: '2026-03-01 01:00:05',
    });
    expect(stub.calls).toEqual([]);
  });

  it('leaves the return address out where there is none', async () => {
    const created = await provider().createPayment({ ...order, returnUrl: null });
    if (created.outcome !== 'created') throw new Error('no link');
    expect(new URL(String(created.paymentUrl)).searchParams.has('return_url')).toBe(false);
  });
});

describe("the time of a request is Beijing's, whatever the zone of the process", () => {
  /** To the second, the span in which `act` ran, in Beijing's time; texts of this form compare as times do. */
  async function during<T>(act: () => Promise<T>): Promise<{ result: T; from: string; to: string }> {
    const from = beijingDateTime(new Date());
    const result = await act();
    return { result, from, to: beijingDateTime(new Date()) };
  }

  function expectWithin(timestamp: string | null | undefined, from: string, to: string): void {
    expect([from, timestamp, to].toSorted()).toEqual([from, timestamp, to]);
  }

  it('in a call', async () => {
    const { from, to } = await during(() => provider().queryPayment(orderId));
    expectWithin(stub.calls[0]?.params.timestamp, from, to);
  });

  it('in a link', async () => {
    const { result, from, to } = await during(() => provider().createPayment(order));
    const url = result.outcome === 'created' ? String(result.paymentUrl) : '';
    expectWithin(new URL(url).searchParams.get('timestamp'), from, to);
  });
});

describe('queryPayment', () => {
  it('asks by our number, signed', async () => {
    reply = () => trade({ trade_status: 'TRADE_SUCCESS', send_pay_date: '2026-03-01 00:20:00' });
    expect(await provider().queryPayment(orderId)).toEqual({
      outcome: 'paid',
      trade: {
        orderId,
        tradeNo: '2026030122001',
        amountFen: 1999,
        currency: 'CNY',
        paidAt: new Date('2026-02-28T16:20:00Z'),
      },
    });
    expect(stub.calls).toMatchObject([
      {
        method: 'alipay.trade.query',
        signed: true,
        bizContent: { out_trade_no: orderId },
      },
    ]);
  });

  it.each([
    ['a trade not opened yet', refused('ACQ.TRADE_NOT_EXIST'), { outcome: 'pending' }],
    ['a trade not paid yet', trade({ trade_status: 'WAIT_BUYER_PAY' }), { outcome: 'pending' }],
    ['a trade timed out', trade({ trade_status: 'TRADE_CLOSED' }), { outcome: 'closed' }],
    ['a fault of the system', refused('ACQ.SYSTEM_ERROR'), unknown],
    ['a gateway at fault', { code: '20000', msg: 'x', sub_code: 'isp.unknow-error' }, unknown],
    ['another order', { ...trade({ trade_status: 'TRADE_SUCCESS' }), out_trade_no: 'other1' }, unknown],
    ['a trade without an amount', trade({ trade_status: 'TRADE_SUCCESS', total_amount: undefined }), unknown],
    ['a code other than 10000', trade({ code: '40004', trade_status: 'TRADE_SUCCESS' }), unknown],
  ])('%s', async (_, content, expected) => {
    reply = () => content;
    expect(await provider().queryPayment(orderId)).toEqual(expected);
  });

  it('asks nothing for an id that is none', async () => {
    await expect(provider().queryPayment('../x')).rejects.toThrow(RangeError);
    expect(stub.calls).toEqual([]);
  });
});

describe('an answer that proves nothing', () => {
  const paid = trade({ trade_status: 'TRADE_SUCCESS', send_pay_date: '2026-03-01 00:20:00' });
  const responseKey = 'alipay_trade_query_response';
  const genuine = alipayAnswer(responseKey, paid, keys.alipay.privateKey);
  const text = (body: string, status = 200) => ({ raw: { status, body } });

  it.each([
    [
      'altered after signing',
      text(genuine.replace('19.99', '29.99')),
      "signature is not one of Alipay's key",
    ],
    ['unsigned', text(JSON.stringify({ [responseKey]: paid })), 'not signed; it claims 10000'],
    [
      "signed with a stranger's key",
      text(alipayAnswer(responseKey, paid, rsaPair().privateKey)),
      "signature is not one of Alipay's key",
    ],
    [
      'signed, with a second content behind the signature',
      text(`${genuine.slice(0, -1)},"${responseKey}":${JSON.stringify({ ...paid, total_amount: '0.01' })}}`),
      'not the part that is read',
    ],
    [
      'an unsigned error',
      text(
        JSON.stringify({ error_response: { code: '40002', msg: 'Invalid', sub_code: 'isv.invalid-app-id' } }),
      ),
      'isv.invalid-app-id',
    ],
    ['no JSON', text('<html>'), 'alipay.trade.query'],
    ['an error of HTTP', text(genuine, 502), '502'],
    ['a redirect', { raw: { status: 302, headers: { location: '/elsewhere' }, body: '' } }, '302'],
  ])('%s', async (_, answer, reason) => {
    reply = () => answer;
    const seen = await provider().queryPayment(orderId);
    expect(seen).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining(reason) });
  });

  it.each([
    ['altered', text(genuine.replace('19.99', '29.99'))],
    ['unsigned', text(JSON.stringify({ [responseKey]: paid }))],
    ['signed with another key', text(alipayAnswer(responseKey, paid, rsaPair().privateKey))],
    [
      'that refuses our own signature',
      text(
        alipayAnswer(
          responseKey,
          { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-signature' },
          keys.alipay.privateKey,
        ),
      ),
    ],
  ])('%s, says that a key is wrong, which are held, and what to compare', async (_, answer) => {
    reply = () => answer;
    const { alipay, merchant } = keys;
    expect(await provider().queryPayment(orderId)).toEqual({
      outcome: 'unknown',
      keyFault: true,
      reason: expect.stringMatching(
        new RegExp(`${markOf(alipay.publicKey)}.*支付宝公钥.*${markOf(merchant.publicKey)}.*应用公钥`),
      ),
    });
  });

  it.each([
    ['no JSON', text('<html>')],
    ['an error of HTTP', text(genuine, 502)],
    ['trouble of the channel', { code: '20000', msg: 'x', sub_code: 'isp.unknow-error' }],
  ])('%s, says nothing of the keys', async (_, answer) => {
    reply = () => answer;
    expect(await provider().queryPayment(orderId)).not.toHaveProperty('keyFault');
  });

  it('shows the true code of a signed error', async () => {
    const body = alipayAnswer(
      'error_response',
      { code: '40004', msg: 'x', sub_code: 'ACQ.TRADE_NOT_EXIST' },
      keys.alipay.privateKey,
    );
    reply = () => text(body);
    expect(await provider().queryPayment(orderId)).toEqual({ outcome: 'pending' });
  });

  it('comes too late, even where bytes keep coming', async () => {
    reply = () => ({
      raw: (response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    });
    expect(await provider({ timeoutMs: 200 }).queryPayment(orderId)).toEqual({
      outcome: 'unknown',
      reason: expect.stringContaining('no answer within 200 ms'),
    });
  });

  it('does not come at all', async () => {
    const gone = await alipayStub(keys, () => ({}));
    await gone.close();
    expect(await provider({ gateway: gone.gateway }).queryPayment(orderId)).toEqual(unknown);
  });
});

describe('closePayment', () => {
  const statusError = refused('ACQ.TRADE_STATUS_ERROR');

  it.each([
    ['closed', { code: '10000', out_trade_no: orderId }, {}, { outcome: 'closed' }],
    ['never opened', refused('ACQ.TRADE_NOT_EXIST'), {}, { outcome: 'closed', linkLives: true }],
    ['paid meanwhile', statusError, trade({ trade_status: 'TRADE_SUCCESS' }), { outcome: 'paid' }],
    ['closed before', statusError, trade({ trade_status: 'TRADE_CLOSED' }), { outcome: 'closed' }],
    ['not to be closed, nobody knows why', statusError, trade({ trade_status: 'WAIT_BUYER_PAY' }), unknown],
    ['at a gateway with a fault', { code: '20000', sub_code: 'isp.unknow-error' }, {}, unknown],
    ['mixed up with another', { code: '10000', out_trade_no: 'other1' }, {}, unknown],
  ])('an order %s', async (_, close, query, expected) => {
    reply = (method) => (method === 'alipay.trade.close' ? close : query);
    expect(await provider().closePayment(orderId)).toEqual(expected);
  });
});

describe('refund', () => {
  const refund: RefundOrder = {
    orderId,
    refundNo: 'R-1',
    amountFen: 500,
    orderAmountFen: 1999,
    currency: 'CNY',
    reason: '不满意',
    notifyUrl: 'https://shop.example/webhooks/alipay',
  };

  it('names the order by our number and the refund by its own', async () => {
    reply = () => ({ code: '10000', out_trade_no: orderId, fund_change: 'Y', refund_fee: '5.00' });
    expect(await provider().refund(refund)).toEqual({
      outcome: 'succeeded',
      refundedAt: null,
      orderRefundedFen: 500,
    });
    expect(stub.calls).toMatchObject([
      {
        method: 'alipay.trade.refund',
        signed: true,
        bizContent: {
          out_trade_no: orderId,
          out_request_no: 'R-1',
          refund_amount: '5.00',
          refund_reason: '不满意',
        },
      },
    ]);
  });

  it('asks what became of it by the same numbers', async () => {
    reply = () => ({
      code: '10000',
      out_trade_no: orderId,
      out_request_no: 'R-1',
      refund_amount: '5.00',
      refund_status: 'REFUND_SUCCESS',
      gmt_refund_pay: '2026-03-01 00:20:00',
    });
    expect(await provider().queryRefund(refund)).toEqual({
      outcome: 'succeeded',
      refundedAt: new Date('2026-02-28T16:20:00Z'),
      amountFen: 500,
    });
    expect(stub.calls).toMatchObject([
      {
        method: 'alipay.trade.fastpay.refund.query',
        bizContent: { out_trade_no: orderId, out_request_no: 'R-1', query_options: ['gmt_refund_pay'] },
      },
    ]);
  });

  it('does not take an altered answer for a refund', async () => {
    const content = { code: '10000', out_trade_no: orderId, fund_change: 'N' };
    const body = alipayAnswer('alipay_trade_refund_response', content, keys.alipay.privateKey);
    reply = () => ({ raw: { status: 200, body: body.replace('"N"', '"Y"') } });
    expect(await provider().refund(refund)).toMatchObject(unknown);
  });
});

it('answers notifications in plain text, to the letter', () => {
  expect(provider().acknowledgement).toEqual({ status: 200, contentType: 'text/plain', body: 'success' });
  expect(provider().refusal(400)).toEqual({ status: 400, contentType: 'text/plain', body: 'fail' });
});
