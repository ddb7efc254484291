import { FixedClock } from '../../../test/support/fixed-clock.js';
import { rsaPair } from '../../../test/support/rsa-pair.js';
import { selfSignedCertificate } from '../../sandbox/options/self-signed-certificate.js';
import {
  wechatHeaders,
  wechatNotification,
  type NotificationParts,
} from '../../../test/support/wechat-stub.js';
import type { RawNotification } from '../raw-notification.js';
import { WechatPayProvider } from './wechat-pay.provider.js';

const merchant = rsaPair();
const wechat = rsaPair();
const older = rsaPair();
const signer = { serial: 'PUB_KEY_ID_1', privateKey: wechat.privateKey };
const olderSigner = { serial: '5157F09EFDC096DE', privateKey: older.privateKey };
const apiV3Key = '0123456789abcdef0123456789abcdef';
const clock = new FixedClock('2026-03-01T00:01:00Z');
const at = clock.now().getTime() / 1000;
const provider = new WechatPayProvider(
  {
    appId: 'wx0000000000000001',
    mchId: '1600000001',
    merchantSerial: 'AB12CD34EF',
    privateKey: merchant.privateKey,
    apiV3Key,
    publicKey: { id: signer.serial, pem: wechat.publicKey },
    platformCertificate: selfSignedCertificate(older.privateKey, olderSigner.serial),
    baseUrl: 'https://api.mch.weixin.qq.com',
  },
  clock,
);

const transaction = {
  mchid: '1600000001',
  appid: 'wx0000000000000001',
  out_trade_no: 'abcdef123456',
  transaction_id: '4200000001',
  trade_state: 'SUCCESS',
  success_time: '2026-03-01T08:00:00+08:00',
  amount: { total: 1999, payer_total: 999, currency: 'CNY', payer_currency: 'CNY' },
};
const refund = {
  mchid: '1600000001',
  out_trade_no: 'abcdef123456',
  transaction_id: '4200000001',
  out_refund_no: 'R-1',
  refund_id: '5000000001',
  refund_status: 'SUCCESS',
  success_time: '2026-03-01T08:00:30+08:00',
  amount: { total: 1999, refund: 500, payer_total: 999, payer_refund: 250 },
};

const make = (over: Partial<NotificationParts> = {}) =>
  wechatNotification({
    eventType: 'TRANSACTION.SUCCESS',
    content: transaction,
    apiV3Key,
    signer,
    at,
    ...over,
  });
const read = (notification: RawNotification) => provider.readNotification(notification);
const signed = (body: string | Buffer) => ({
  headers: wechatHeaders(body, signer, at),
  body: Buffer.from(body),
});
const refused = (reason: string) => ({ outcome: 'refused', reason, detail: expect.any(String) });

const withHeader = (name: string, value: string | string[] | undefined) => {
  const notification = make();
  return { ...notification, headers: { ...notification.headers, [name]: value } };
};

describe('a payment', () => {
  const expected = {
    outcome: 'payment',
    notificationId: 'EV-1',
    orderId: 'abcdef123456',
    observation: {
      outcome: 'paid',
      trade: {
        orderId: 'abcdef123456',
        tradeNo: '4200000001',
        amountFen: 1999,
        currency: 'CNY',
        paidAt: new Date('2026-03-01T00:00:00Z'),
      },
    },
  };

  it("is read with the order's total, not with what the buyer paid", async () => {
    expect(await read(make())).toEqual(expected);
  });

  it('may come without associated data, and signed by the older key', async () => {
    expect(await read(make({ associatedData: '' }))).toEqual(expected);
    expect(await read(make({ signer: olderSigner }))).toEqual(expected);
  });
});

describe('a refund', () => {
  it.each([
    ['SUCCESS', { outcome: 'succeeded', refundedAt: new Date('2026-03-01T00:00:30Z') }],
    ['ABNORMAL', { outcome: 'pending', reason: 'status ABNORMAL' }],
    ['CLOSED', { outcome: 'failed', code: 'CLOSED', message: expect.any(String) }],
  ])('%s', async (refund_status, result) => {
    const content = { ...refund, refund_status };
    expect(await read(make({ eventType: `REFUND.${refund_status}`, content }))).toEqual({
      outcome: 'refund',
      notificationId: 'EV-1',
      orderId: 'abcdef123456',
      tradeNo: '4200000001',
      refundNo: 'R-1',
      result,
      amountFen: 500,
      refundedFen: null,
      orderAmountFen: 1999,
    });
  });

  it('is not taken for a payment, nor a payment for a refund', async () => {
    expect(await read(make({ content: refund }))).toMatchObject({
      outcome: 'payment',
      observation: { outcome: 'unknown' },
    });
    expect(await read(make({ eventType: 'REFUND.SUCCESS' }))).toMatchObject({
      outcome: 'refund',
      result: { outcome: 'unknown' },
    });
  });
});

describe('what WeChat Pay did not sign', () => {
  it('a changed byte of the body', async () => {
    const { headers, body } = make();
    const changed = Buffer.from(body);
    changed[changed.length - 3] = 0x20;
    expect(await read({ headers, body: changed })).toEqual(refused('bad_signature'));
  });

  it('the same JSON written anew', async () => {
    const { headers, body } = make();
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(await read({ headers, body: rewritten })).toEqual(refused('bad_signature'));
  });

  it('bytes that become the signed text only when read as UTF-8', async () => {
    const { headers } = signed('{"id":"\uFFFD"}');
    const body = Buffer.from([...Buffer.from('{"id":"'), 0xff, ...Buffer.from('"}')]);
    expect(await read({ headers, body })).toEqual(refused('bad_signature'));
  });

  it.each([
    ['wechatpay-nonce', 'another'],
    ['wechatpay-timestamp', String(at + 1)],
    ['wechatpay-serial', olderSigner.serial],
    ['wechatpay-serial', 'PUB_KEY_ID_2'],
    ['wechatpay-serial', '__proto__'],
    ['wechatpay-signature', 'AAAA'],
    ['wechatpay-signature', '%%%'],
    ['wechatpay-nonce', undefined],
    ['wechatpay-timestamp', undefined],
    ['wechatpay-serial', undefined],
    ['wechatpay-signature', undefined],
    ['wechatpay-signature', ''],
    ['wechatpay-signature', ['a', 'b']],
  ])('%s: %j', async (name, value) => {
    expect(await read(withHeader(name, value))).toEqual(refused('bad_signature'));
  });

  it('with the serials that are held, and what to compare', async () => {
    expect(await read(make({ signer: { ...signer, serial: 'PUB_KEY_ID_2' } }))).toMatchObject({
      detail: expect.stringMatching(/PUB_KEY_ID_2.*PUB_KEY_ID_1 ….*5157F09EFDC096DE ….*微信支付公钥/),
    });
  });

  it("a stranger's signature, or the merchant's own", async () => {
    const stranger = { ...signer, privateKey: rsaPair().privateKey };
    expect(await read(make({ signer: stranger }))).toEqual(refused('bad_signature'));
    const own = { ...signer, privateKey: merchant.privateKey };
    expect(await read(make({ signer: own }))).toEqual(refused('bad_signature'));
  });
});

it('knows the probe of the channel', async () => {
  const probe = withHeader('wechatpay-signature', 'WECHATPAY/SIGNTEST/abcdef');
  expect(await read(probe)).toEqual(refused('probe'));
});

describe('the time of a notification', () => {
  it.each([
    [-301, 'refused'],
    [-300, 'payment'],
    [300, 'payment'],
    [301, 'refused'],
  ])('%d s off: %s', async (off, outcome) => {
    const result = await read(make({ at: at + off }));
    expect(result).toEqual(outcome === 'refused' ? refused('stale') : expect.objectContaining({ outcome }));
  });

  it.each(['now', '-1', '1e9', '0x10', '9'.repeat(40)])('refuses %j', async (timestamp) => {
    expect(await read(withHeader('wechatpay-timestamp', timestamp))).toEqual(refused('malformed'));
  });
});

describe('what is signed but not for us', () => {
  it.each([
    ['TRANSACTION.SUCCESS', { ...transaction, mchid: '1600000002' }],
    ['TRANSACTION.SUCCESS', { ...transaction, appid: 'wx0000000000000002' }],
    ['REFUND.SUCCESS', { ...refund, mchid: '1600000002' }],
  ])('%s of %j', async (eventType, content) => {
    expect(await read(make({ eventType, content }))).toEqual(refused('foreign'));
  });
});

describe('what is signed, and does not say all, is asked about', () => {
  const unknown = { outcome: 'unknown', reason: expect.any(String) };

  it.each([
    ['no time of payment', { ...transaction, success_time: null }],
    ['no trade state', { ...transaction, trade_state: undefined }],
    ['no app', { ...transaction, appid: undefined, trade_state: undefined }],
    ['half a fen', { ...transaction, amount: { total: 19.99 } }],
    ['a NUL in its number', { ...transaction, transaction_id: 'x\u0000y' }],
  ])('a payment with %s', async (_, content) => {
    expect(await read(make({ content }))).toEqual({
      outcome: 'payment',
      notificationId: 'EV-1',
      orderId: 'abcdef123456',
      observation: unknown,
    });
  });

  it.each([
    ['no amount', { ...refund, amount: undefined }, 'R-1'],
    ['no number', { ...refund, out_refund_no: undefined }, null],
  ])('a refund with %s', async (_, content, refundNo) => {
    expect(await read(make({ eventType: 'REFUND.SUCCESS', content }))).toEqual({
      outcome: 'refund',
      notificationId: 'EV-1',
      orderId: 'abcdef123456',
      refundNo,
      result: unknown,
      amountFen: null,
      refundedFen: null,
      orderAmountFen: null,
    });
  });
});

describe('what can not be read', () => {
  it('a resource for another APIv3 key, which is a wrong key of ours', async () => {
    expect(await read(make({ apiV3Key: apiV3Key.replace('0', '1') }))).toEqual({
      ...refused('malformed'),
      keyFault: true,
    });
  });

  it.each(['ciphertext', 'nonce', 'associated_data'])('a resource whose %s does not fit', async (name) => {
    const envelope = JSON.parse(make().body.toString());
    const value: string = envelope.resource[name];
    envelope.resource[name] = `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`;
    expect(await read(signed(JSON.stringify(envelope)))).toMatchObject(refused('malformed'));
  });

  it.each(['', 'null', '[]', '{}', '{"id":1}', '\0', '{"resource":{}}'])(
    'the signed body %j',
    async (body) => {
      expect(await read(signed(body))).toEqual(refused('malformed'));
    },
  );

  it.each([
    ['PAYSCORE.USER_PAID', transaction],
    ['PAYSCORE.USER_REFUNDED', refund],
    ['TRANSACTION.SUCCESS', null],
    ['TRANSACTION.SUCCESS', { ...transaction, out_trade_no: undefined }],
    ['TRANSACTION.SUCCESS', { ...transaction, out_trade_no: 'x\ud800y' }],
    ['REFUND.SUCCESS', { ...refund, out_trade_no: undefined }],
  ])('the event %s with %j', async (eventType, content) => {
    expect(await read(make({ eventType, content }))).toEqual(refused('malformed'));
  });
});
