import { createPrivateKey } from 'node:crypto';
import { inspect } from 'node:util';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { rsaPair } from '../../../test/support/rsa-pair.js';
import { selfSignedCertificate } from '../../sandbox/options/self-signed-certificate.js';
import {
  wechatAnswer,
  wechatHeaders,
  wechatStub,
  type WechatCall,
  type WechatReply,
  type WechatStub,
} from '../../../test/support/wechat-stub.js';
import type { RefundOrder } from '../payment-provider.js';
import type { PaymentOrder } from '../payment-order.js';
import type { WechatPayOptions } from './wechat-pay.options.js';
import { WechatPayProvider } from './wechat-pay.provider.js';

const merchant = rsaPair();
const wechat = rsaPair();
const older = rsaPair();
const publicKey = { id: 'PUB_KEY_ID_0116000000010001', pem: wechat.publicKey };
const signer = { serial: publicKey.id, privateKey: wechat.privateKey };
const olderSigner = { serial: '5157F09EFDC096DE', privateKey: older.privateKey };
const platformCertificate = selfSignedCertificate(older.privateKey, olderSigner.serial);
const clock = new FixedClock('2026-02-28T16:30:05.250Z');
const orderId = 'abcdefABCDEF0123456789abcdefABCD';
const unknown = { outcome: 'unknown', reason: expect.any(String) };

let reply: (call: WechatCall) => WechatReply = () => ({ ok: null });
let stub: WechatStub;
let options: WechatPayOptions;

beforeAll(async () => {
  stub = await wechatStub({ merchant, signer }, (call) => reply(call));
  options = {
    appId: 'wx0000000000000001',
    mchId: '1600000001',
    merchantSerial: 'AB12CD34EF',
    privateKey: merchant.privateKey,
    apiV3Key: '0123456789abcdef0123456789abcdef',
    publicKey,
    baseUrl: stub.baseUrl,
    timeoutMs: 2000,
  };
});
afterEach(() => stub.calls.splice(0));
afterAll(() => stub.close());

const provider = (over: Partial<WechatPayOptions> = {}) =>
  new WechatPayProvider({ ...options, ...over }, clock);
const transaction = (fields: object) => ({
  ok: {
    appid: options.appId,
    mchid: options.mchId,
    out_trade_no: orderId,
    transaction_id: '4200000001',
    success_time: '2026-03-01T00:20:00+08:00',
    amount: { total: 1999, payer_total: 1999, currency: 'CNY' },
    ...fields,
  },
});

describe('the options', () => {
  it('takes PKCS#8 and PKCS#1 keys and leaves the object that it was given alone', () => {
    const key = createPrivateKey(merchant.privateKey);
    const given = { ...options, privateKey: key.export({ type: 'pkcs1', format: 'pem' }).toString() };
    const before = structuredClone(given);
    expect(() => new WechatPayProvider(given, clock)).not.toThrow();
    expect(given).toEqual(before);
  });

  it.each([
    [{ apiV3Key: '0123456789abcdef0123456789abcde' }, 'apiV3Key is 31 bytes long; it must be exactly 32'],
    [{ apiV3Key: '钥'.repeat(32) }, 'apiV3Key is 96 bytes long'],
    [{ privateKey: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----' }, 'WeChat Pay privateKey'],
    [{ publicKey: undefined }, 'needs publicKey, platformCertificate or both'],
    [{ publicKey: { id: '', pem: wechat.publicKey } }, 'publicKey.id is missing'],
    [{ publicKey: { id: 'PUB_KEY_ID_1', pem: merchant.publicKey } }, "the merchant's own"],
    [{ platformCertificate: wechat.publicKey }, 'platformCertificate is a PEM of "PUBLIC KEY"'],
    [{ merchantSerial: publicKey.id }, 'merchantSerial'],
    [{ appId: '' }, 'appId is missing'],
    [{ mchId: '' }, 'mchId is missing'],
    [{ baseUrl: 'api.mch.weixin.qq.com' }, 'baseUrl is not a URL'],
  ])('refuses a broken one at once: %#', (over, message) => {
    expect(() => provider(over)).toThrow(message);
  });
});

it('is an ordinary object: awaiting it calls nothing, and showing it shows no secret', async () => {
  const one = provider();
  expect(await Promise.resolve(one)).toBe(one);
  expect('then' in one || 'onModuleInit' in one).toBe(false);
  expect(stub.calls).toEqual([]);
  expect(inspect(one, { depth: 9, showHidden: true })).not.toContain(options.apiV3Key);
});

describe('createPayment', () => {
  const order: PaymentOrder = {
    orderId,
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版 "一个月"',
    expiresAt: new Date('2026-02-28T17:00:05.500Z'),
    notifyUrl: 'https://shop.example/webhooks/wechat',
    returnUrl: 'https://shop.example/done',
    method: null,
    payer: { ip: null, openId: null },
  };

  it('signs the path that goes over the wire, prefix included, and answers with the code to scan', async () => {
    reply = () => ({ ok: { code_url: 'weixin://wxpay/bizpayurl?pr=abc' } });
    expect(await provider().createPayment(order)).toEqual({
      outcome: 'created',
      paymentUrl: null,
      qrCode: 'weixin://wxpay/bizpayurl?pr=abc',
      prepay: null,
    });
    expect(stub.calls).toEqual([
      {
        method: 'POST',
        url: '/sandbox/wechat/v3/pay/transactions/native',
        serial: publicKey.id,
        signed: true,
        body: {
          appid: options.appId,
          mchid: options.mchId,
          description: order.subject,
          out_trade_no: orderId,
          time_expire: '2026-03-01T01:00:05+08:00',
          notify_url: order.notifyUrl,
          amount: { total: 1999, currency: 'CNY' },
        },
      },
    ]);
  });

  it.each([
    ['a paid order', { status: 400, code: 'ORDERPAID' }, unknown],
    [
      'a used number',
      { status: 403, code: 'OUT_TRADE_NO_USED' },
      { outcome: 'refused', code: 'OUT_TRADE_NO_USED', message: 'why' },
    ],
    ['too many at once', { status: 429, code: 'FREQUENCY_LIMITED' }, unknown],
    ['the same with another status', { status: 403, code: 'FREQUENCY_LIMITED' }, unknown],
    ['trouble of the channel', { status: 500, code: 'SYSTEM_ERROR' }, unknown],
    ['no code to scan', { ok: {} }, unknown],
    ['a page of a proxy', { raw: { status: 403, body: '<html>' } }, unknown],
  ])('%s', async (_, answer, expected) => {
    reply = () => answer;
    expect(await provider().createPayment(order)).toEqual(expected);
  });
});

describe('createPayment for a mobile browser', () => {
  const order: PaymentOrder = {
    orderId,
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版',
    expiresAt: new Date('2026-02-28T17:00:05.500Z'),
    notifyUrl: 'https://shop.example/webhooks/wechat',
    returnUrl: null,
    method: 'h5',
    payer: { ip: '203.0.113.7', openId: null },
  };
  const h5Url = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016&package=1024';

  it.each([
    [null, h5Url],
    [
      'https://shop.example/done?a=1&b=专',
      `${h5Url}&redirect_url=https%3A%2F%2Fshop.example%2Fdone%3Fa%3D1%26b%3D%E4%B8%93`,
    ],
  ])('leads the buyer back to %j', async (returnUrl, paymentUrl) => {
    reply = () => ({ ok: { h5_url: h5Url } });
    expect(await provider().createPayment({ ...order, returnUrl })).toMatchObject({
      outcome: 'created',
      paymentUrl,
    });
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('tells the address %s as %s', async (ip, told) => {
    reply = () => ({ ok: { h5_url: h5Url } });
    await provider().createPayment({ ...order, payer: { ip, openId: null } });
    expect(stub.calls).toMatchObject([{ body: { scene_info: { payer_client_ip: told } } }]);
  });

  it.each([null, '', 'unknown', '203.0.113.7, 10.0.0.1'])('asks for no order from %j', async (ip) => {
    const result = await provider().createPayment({ ...order, payer: { ip, openId: null } });
    expect(result).toMatchObject({ outcome: 'refused', code: 'PAYER_UNKNOWN' });
    expect(stub.calls).toEqual([]);
  });

  it('takes an answer without an address for unknown', async () => {
    reply = () => ({ ok: { h5_url: 'checkmweb' } });
    expect(await provider().createPayment(order)).toEqual(unknown);
  });
});

describe('queryPayment', () => {
  it('asks by our number, signed with the query', async () => {
    reply = () => transaction({ trade_state: 'SUCCESS' });
    expect(await provider().queryPayment(orderId)).toEqual({
      outcome: 'paid',
      trade: {
        orderId,
        tradeNo: '4200000001',
        amountFen: 1999,
        currency: 'CNY',
        paidAt: new Date('2026-02-28T16:20:00Z'),
      },
    });
    expect(stub.calls).toEqual([
      {
        method: 'GET',
        url: `/sandbox/wechat/v3/pay/transactions/out-trade-no/${orderId}?mchid=1600000001`,
        body: null,
        serial: publicKey.id,
        signed: true,
      },
    ]);
  });

  it.each([
    ['an order not known yet', { status: 404, code: 'ORDER_NOT_EXIST' }, { outcome: 'pending' }],
    ['an order closed', { status: 400, code: 'ORDER_CLOSED' }, { outcome: 'closed' }],
    ['a refused signature', { status: 401, code: 'SIGN_ERROR' }, { ...unknown, keyFault: true }],
    ['trouble of the channel', { status: 500, code: 'SYSTEM_ERROR' }, unknown],
    ['content without fields', { ok: { trade_state: 'SUCCESS' } }, unknown],
  ])('%s', async (_, answer, expected) => {
    reply = () => answer;
    expect(await provider().queryPayment(orderId)).toEqual(expected);
  });

  it.each(['out_trade_no', 'mchid', 'appid'])('does not take an answer for another %s', async (name) => {
    reply = () => transaction({ trade_state: 'SUCCESS', [name]: 'other1' });
    expect(await provider().queryPayment(orderId)).toEqual(unknown);
  });

  it('asks nothing for an id that would change the path', async () => {
    await expect(provider().queryPayment('../../refund')).rejects.toThrow(RangeError);
    expect(stub.calls).toEqual([]);
  });
});

describe('an answer that proves nothing', () => {
  const paid = () => transaction({ trade_state: 'SUCCESS' }).ok;
  const now = () => Math.floor(Date.now() / 1000);

  it.each([
    [
      'altered after signing',
      () => {
        const answer = wechatAnswer(paid(), signer);
        return { ...answer, body: answer.body.replace('1999', '2999') };
      },
    ],
    [
      'unsigned',
      () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(paid()) }),
    ],
    [
      "signed with a stranger's key",
      () => wechatAnswer(paid(), { ...signer, privateKey: rsaPair().privateKey }),
    ],
    ['signed by a serial that we do not hold', () => wechatAnswer(paid(), olderSigner)],
    [
      'signed six minutes ago',
      () => {
        const body = JSON.stringify(paid());
        return { status: 200, headers: wechatHeaders(body, signer, now() - 360), body };
      },
    ],
    ['a redirect', () => ({ status: 302, headers: { location: '/sandbox/wechat/v3/other' }, body: '' })],
  ])('%s', async (_, answer) => {
    reply = () => ({ raw: answer() });
    expect(await provider().queryPayment(orderId)).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringMatching(/^HTTP (200 could not be verified: EV3_\w+\. .*|302 without a code)$/),
    });
    expect(stub.calls).toHaveLength(1);
  });

  it.each([
    [
      'signed with another key',
      () => wechatAnswer(paid(), { ...signer, privateKey: older.privateKey }),
      publicKey.id,
    ],
    ['signed by a serial that we do not hold', () => wechatAnswer(paid(), olderSigner), olderSigner.serial],
    ['unsigned', () => ({ status: 200, body: JSON.stringify(paid()) }), 'no serial'],
  ])('%s, says that a key is wrong, which are held, and what to compare', async (_, answer, named) => {
    reply = () => ({ raw: answer() });
    expect(await provider().queryPayment(orderId)).toEqual({
      outcome: 'unknown',
      keyFault: true,
      reason: expect.stringMatching(
        new RegExp(`${named}; held are ${publicKey.id} …\\S{16}…; .*微信支付公钥`),
      ),
    });
  });

  it('that refuses our own signature says so, and names our serial and key', async () => {
    reply = () => ({ status: 401, code: 'SIGN_ERROR' });
    const calls = [provider().queryPayment(orderId), provider().closePayment(orderId)];
    for (const result of await Promise.all(calls)) {
      expect(result).toMatchObject({
        outcome: 'unknown',
        keyFault: true,
        reason: expect.stringMatching(/SIGN_ERROR.*serial AB12CD34EF .*private key of …/),
      });
    }
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
      reason: 'no answer within 200 ms',
    });
  });

  it('is longer than any of the channel, signed or not', async () => {
    const endless = { ...paid(), attach: ' '.repeat(1024 * 1024) };
    reply = () => ({ raw: wechatAnswer(endless, signer) });
    expect(await provider().queryPayment(orderId)).toEqual({
      outcome: 'unknown',
      reason: expect.stringContaining('maxContentLength'),
    });
  });

  it('does not come at all', async () => {
    const gone = await wechatStub({ merchant, signer }, () => ({ ok: null }));
    await gone.close();
    expect(await provider({ baseUrl: gone.baseUrl }).queryPayment(orderId)).toEqual({
      outcome: 'unknown',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the keys of the channel', () => {
  const paid = () => transaction({ trade_state: 'SUCCESS' }).ok;

  it('asks for no signer where only the certificate is held', async () => {
    reply = () => ({ raw: wechatAnswer(paid(), olderSigner) });
    const one = provider({ publicKey: undefined, platformCertificate });
    expect(await one.queryPayment(orderId)).toMatchObject({ outcome: 'paid' });
    expect(stub.calls).toMatchObject([{ serial: undefined, signed: true }]);
  });

  it.each([
    ['the public key', signer],
    ['the certificate', olderSigner],
  ])('believes answers signed with %s while both are held', async (_, by) => {
    reply = () => ({ raw: wechatAnswer(paid(), by) });
    expect(await provider({ platformCertificate }).queryPayment(orderId)).toMatchObject({ outcome: 'paid' });
  });

  it('takes each key for its own serial alone', async () => {
    reply = () => ({ raw: wechatAnswer(paid(), { ...olderSigner, privateKey: wechat.privateKey }) });
    expect(await provider({ platformCertificate }).queryPayment(orderId)).toMatchObject(unknown);
  });
});

it('goes to the channel directly, whatever HTTP_PROXY says', async () => {
  reply = () => transaction({ trade_state: 'NOTPAY' });
  const before = process.env.HTTP_PROXY;
  process.env.HTTP_PROXY = 'http://127.0.0.1:1';
  try {
    expect(await provider().queryPayment(orderId)).toEqual({ outcome: 'pending' });
  } finally {
    if (before === undefined) delete process.env.HTTP_PROXY;
    else process.env.HTTP_PROXY = before;
  }
});

describe('closePayment', () => {
  const tradeError = { status: 403, code: 'TRADE_ERROR' };

  it('sends our merchant number to the path of the order', async () => {
    reply = () => ({ ok: null });
    expect(await provider().closePayment(orderId)).toEqual({ outcome: 'closed' });
    expect(stub.calls).toMatchObject([
      {
        method: 'POST',
        url: `/sandbox/wechat/v3/pay/transactions/out-trade-no/${orderId}/close`,
        body: { mchid: '1600000001' },
        signed: true,
      },
    ]);
  });

  it.each([
    ['paid', { status: 400, code: 'ORDERPAID' }, tradeError, { outcome: 'paid' }],
    ['closed before', { status: 400, code: 'ORDER_CLOSED' }, tradeError, { outcome: 'closed' }],
    ['not known', { status: 404, code: 'ORDER_NOT_EXIST' }, tradeError, { outcome: 'closed' }],
    ['refused and paid', tradeError, 'SUCCESS', { outcome: 'paid' }],
    ['refused and closed', tradeError, 'CLOSED', { outcome: 'closed' }],
    ['refused, nobody knows why', tradeError, 'NOTPAY', unknown],
    ['in trouble', { status: 500, code: 'SYSTEM_ERROR' }, tradeError, unknown],
    [
      'answered without a signature',
      { raw: { status: 204, body: '' } },
      tradeError,
      { ...unknown, keyFault: true },
    ],
  ])('an order %s', async (_, close, query, expected) => {
    reply = (call) => {
      if (call.method === 'POST') return close;
      return typeof query === 'string' ? transaction({ trade_state: query }) : query;
    };
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
    reason: null,
    notifyUrl: 'https://shop.example/webhooks/wechat',
  };
  const done = {
    ok: {
      out_trade_no: orderId,
      out_refund_no: 'R-1',
      status: 'PROCESSING',
      amount: { refund: 500, total: 1999 },
    },
  };
  const processing = { outcome: 'pending', reason: 'status PROCESSING', amountFen: 500 };

  it("sends the order's total beside the refund's amount", async () => {
    reply = () => done;
    expect(await provider().refund(refund)).toEqual(processing);
    expect(stub.calls).toMatchObject([
      {
        method: 'POST',
        url: '/sandbox/wechat/v3/refund/domestic/refunds',
        signed: true,
        body: {
          out_trade_no: orderId,
          out_refund_no: 'R-1',
          notify_url: refund.notifyUrl,
          amount: { refund: 500, total: 1999, currency: 'CNY' },
        },
      },
    ]);
    expect(stub.calls[0]?.body).not.toHaveProperty('reason');
  });

  it.each([
    ['退'.repeat(80), '退'.repeat(26)],
    ['r'.repeat(80), 'r'.repeat(80)],
    [`${'r'.repeat(78)}款`, 'r'.repeat(78)],
    [`${'r'.repeat(78)}😀`, 'r'.repeat(78)],
  ])('sends no more of a reason than the channel takes: %s', async (reason, sent) => {
    reply = () => done;
    await provider().refund({ ...refund, reason });
    expect(stub.calls[0]?.body).toMatchObject({ reason: sent });
  });

  it('asks what became of it by its own number', async () => {
    reply = () => done;
    expect(await provider().queryRefund(refund)).toMatchObject({ outcome: 'pending' });
    expect(stub.calls).toMatchObject([
      { method: 'GET', url: '/sandbox/wechat/v3/refund/domestic/refunds/R-1', signed: true },
    ]);
  });

  it.each([
    [
      'too little money',
      { status: 403, code: 'NOT_ENOUGH' },
      { outcome: 'failed', code: 'NOT_ENOUGH', message: 'why', passes: true },
    ],
    ['trouble of the channel', { status: 500, code: 'SYSTEM_ERROR' }, unknown],
    ['trouble that calls itself a refusal', { status: 500, code: 'NOT_ENOUGH' }, unknown],
    ['too many at once', { status: 429, code: 'FREQUENCY_LIMITED' }, unknown],
    ['an unsigned yes', { raw: { status: 200, body: '{}' } }, { ...unknown, keyFault: true }],
  ])('%s', async (_, answer, expected) => {
    reply = () => answer;
    expect(await provider().refund(refund)).toEqual(expected);
  });
});

it('answers notifications as APIv3 asks', () => {
  expect(provider().acknowledgement).toMatchObject({ status: 204, body: '' });
  const refusal = provider().refusal(401, 'no "good" signature');
  expect(refusal).toMatchObject({ status: 401, contentType: 'application/json' });
  expect(JSON.parse(refusal.body)).toEqual({ code: 'FAIL', message: 'no "good" signature' });
});
