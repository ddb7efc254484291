import { createPublicKey, sign } from 'node:crypto';
import { alipayForm, alipaySignature } from '../../../test/support/alipay-stub.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { rsaPair } from '../../../test/support/rsa-pair.js';
import type { NotificationResult } from '../payment-provider.js';
import { keyMark } from '../rsa-keys.js';
import { AlipayProvider } from './alipay.provider.js';

const merchant = rsaPair();
const alipay = rsaPair();
const provider = new AlipayProvider(
  {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    privateKey: merchant.privateKey,
    alipayPublicKey: alipay.publicKey,
    gateway: 'https://openapi.alipay.com/gateway.do',
  },
  new FixedClock('2026-03-02T00:00:00Z'),
);

const paid = {
  notify_id: 'n-1',
  notify_time: '2026-03-01 08:00:01',
  notify_type: 'trade_status_sync',
  sign_type: 'RSA2',
  app_id: '2021000000000001',
  seller_id: '2088000000000001',
  charset: 'utf-8',
  version: '1.0',
  out_trade_no: 'abcdef123456',
  trade_no: '2026030122001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '19.99',
  buyer_pay_amount: '9.99',
  subject: '专业版 100% A&B=C',
  gmt_payment: '2026-03-01 08:00:00',
};

const read = (body: Buffer): Promise<NotificationResult> => provider.readNotification({ headers: {}, body });
const send = (fields: Record<string, string>) => read(alipayForm(fields, alipay.privateKey));
const refused = (reason: string) => ({ outcome: 'refused', reason, detail: expect.any(String) });

function without(name: keyof typeof paid): Record<string, string> {
  const { [name]: _, ...rest } = paid;
  return rest;
}

it("reads a payment with the order's total, not with what the buyer paid", async () => {
  expect(await send(paid)).toEqual({
    outcome: 'payment',
    notificationId: 'n-1',
    orderId: 'abcdef123456',
    observation: {
      outcome: 'paid',
      trade: {
        orderId: 'abcdef123456',
        tradeNo: '2026030122001',
        amountFen: 1999,
        currency: 'CNY',
        paidAt: new Date('2026-03-01T00:00:00Z'),
      },
    },
  });
});

it.each([
  ['WAIT_BUYER_PAY', 'pending'],
  ['TRADE_FINISHED', 'paid'],
])('reads %s as %s', async (trade_status, outcome) => {
  expect(await send({ ...paid, trade_status })).toMatchObject({
    outcome: 'payment',
    observation: { outcome },
  });
});

it('reads TRADE_CLOSED of an order that nobody paid as closed', async () => {
  const closed = { ...without('gmt_payment'), trade_status: 'TRADE_CLOSED' };
  expect(await send(closed)).toMatchObject({ outcome: 'payment', observation: { outcome: 'closed' } });
});

describe('a refund', () => {
  const partial = { ...paid, refund_fee: '5.00', gmt_refund: '2026-03-01 09:00:00.320', out_biz_no: 'R-1' };

  it('in part is no second payment', async () => {
    expect(await send(partial)).toEqual({
      outcome: 'refund',
      notificationId: 'n-1',
      orderId: 'abcdef123456',
      tradeNo: '2026030122001',
      refundNo: 'R-1',
      result: { outcome: 'succeeded', refundedAt: new Date('2026-03-01T01:00:00.320Z') },
      amountFen: null,
      refundedFen: 500,
      orderAmountFen: 1999,
    });
  });

  it('in full closes the trade', async () => {
    const full = { ...partial, trade_status: 'TRADE_CLOSED', refund_fee: '19.99' };
    expect(await send(full)).toMatchObject({ outcome: 'refund', refundedFen: 1999 });
  });

  it('made at the channel has no number of ours', async () => {
    expect(await send({ ...partial, out_biz_no: '' })).toMatchObject({ outcome: 'refund', refundNo: null });
  });
});

describe('what Alipay did not sign', () => {
  it.each(Object.keys(paid).filter((name) => name !== 'sign_type'))('a changed %s', async (name) => {
    const form = new URLSearchParams(alipayForm(paid, alipay.privateKey).toString());
    form.set(name, `${form.get(name)}0`);
    const result = await read(Buffer.from(form.toString()));
    // A charset that isn't ours is refused before its bytes are taken for text.
    expect(result).toEqual(refused(name === 'charset' ? 'malformed' : 'bad_signature'));
  });

  it("a stranger's signature, or the merchant's own", async () => {
    expect(await read(alipayForm(paid, rsaPair().privateKey))).toEqual(refused('bad_signature'));
    expect(await read(alipayForm(paid, merchant.privateKey))).toEqual(refused('bad_signature'));
  });

  it('with a name for the key that should have, and what to compare', async () => {
    expect(await read(alipayForm(paid, rsaPair().privateKey))).toMatchObject({
      detail: expect.stringContaining(
        `${keyMark(createPublicKey(alipay.publicKey))}; compare it with 支付宝公钥`,
      ),
    });
  });

  it('no signature', async () => {
    expect(await read(Buffer.from(new URLSearchParams(paid).toString()))).toEqual(refused('bad_signature'));
  });

  it('a good signature of the weaker kind', async () => {
    const { sign_type: _, ...content } = paid;
    const text = Object.entries(content)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const weak = {
      ...content,
      sign_type: 'RSA',
      sign: sign('RSA-SHA1', Buffer.from(text), alipay.privateKey).toString('base64'),
    };
    expect(await read(Buffer.from(new URLSearchParams(weak).toString()))).toEqual(refused('bad_signature'));
  });

  it.each(['MD5', '', 'constructor', '__proto__'])('sign_type %j', async (sign_type) => {
    const form = { ...paid, sign_type, sign: alipaySignature(paid, alipay.privateKey) };
    expect(await read(Buffer.from(new URLSearchParams(form).toString()))).toEqual(refused('bad_signature'));
  });
});

describe('what is signed but not for us', () => {
  it.each([
    ['app_id', '2021000000000002'],
    ['seller_id', '2088000000000002'],
  ])('another %s', async (name, value) => {
    expect(await send({ ...paid, [name]: value })).toEqual(refused('foreign'));
  });
});

describe('what is signed, and does not say all', () => {
  const asked = {
    outcome: 'payment',
    notificationId: 'n-1',
    orderId: 'abcdef123456',
    observation: { outcome: 'unknown', reason: expect.any(String) },
  };

  it.each([
    'app_id',
    'seller_id',
    'sign_type',
    'gmt_payment',
    'trade_no',
    'trade_status',
    'total_amount',
  ] as const)('is asked about: no %s', async (name) => {
    expect(await send(without(name))).toEqual(asked);
  });

  it.each(['19.999', '-19.99', '1e2', ''])('is asked about: an amount of %j', async (total_amount) => {
    expect(await send({ ...paid, total_amount })).toEqual(asked);
  });

  it.each(['trade_no', 'out_biz_no'])('is asked about: a NUL in %s', async (name) => {
    expect(await send({ ...paid, [name]: 'x\u0000y' })).toEqual(asked);
  });

  it('a refund without its sum tells no sum', async () => {
    const refund = { ...paid, gmt_refund: '2026-03-01 09:00:00.320', out_biz_no: 'R-1' };
    expect(await send(refund)).toMatchObject({ outcome: 'refund', refundNo: 'R-1', refundedFen: null });
  });
});

describe('what can not be read', () => {
  it.each(['notify_id', 'out_trade_no'] as const)('no %s', async (name) => {
    const result = await send(without(name));
    expect(result).toEqual({
      outcome: 'refused',
      reason: 'malformed',
      detail: expect.stringContaining(name),
    });
  });

  it.each(['notify_id', 'out_trade_no'])('a NUL in %s', async (name) => {
    expect(await send({ ...paid, [name]: 'x\u0000y' })).toEqual(refused('malformed'));
  });

  it('a field twice, even with one and the same value', async () => {
    const body = Buffer.concat([alipayForm(paid, alipay.privateKey), Buffer.from('&total_amount=19.99')]);
    expect(await read(body)).toEqual(refused('malformed'));
  });

  it('another charset', async () => {
    expect(await send({ ...paid, charset: 'GBK' })).toEqual(refused('malformed'));
  });

  it.each(['', '{"sign":"x"}', '%', '%FF%FE', '__proto__=1&sign=x&sign_type=RSA2', '&&&==='])(
    'the body %j throws nothing',
    async (body) => {
      expect(await read(Buffer.from(body))).toEqual(refused('bad_signature'));
    },
  );
});
