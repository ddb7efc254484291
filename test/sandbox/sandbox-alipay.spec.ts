import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlipaySdk, type AlipaySdkCommonResult } from 'alipay-sdk';
import { DateTime } from 'luxon';
import { createSandboxCredentials } from '../../src/sandbox/options/sandbox-credentials.js';
import {
  MerchantEndpoint,
  newOrderId,
  payAsBuyer,
  startSandbox,
  stopEverything,
  type Delivery,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

const DAY_MS = 86_400_000;
const strangers = createSandboxCredentials();

/** The merchant's side, by the real SDK. */
class Merchant {
  readonly sdk: AlipaySdk;

  constructor(
    sandbox: RunningSandbox,
    private readonly notifyUrl: string,
    overrides: { privateKey?: string; appId?: string } = {},
  ) {
    this.sdk = new AlipaySdk({
      ...sandbox.keys.merchant.alipay,
      keyType: 'PKCS8',
      gateway: `${sandbox.url}/sandbox/alipay/gateway.do`,
      ...overrides,
    });
  }

  /** `timestamp` is given because the SDK writes the machine's local time and Alipay expects Beijing's. */
  call(method: string, bizContent: object, timestamp = beijing(new Date())): Promise<AlipaySdkCommonResult> {
    return this.sdk.exec(method, { timestamp, bizContent }, { validateSign: true });
  }

  link(outTradeNo: string, amount = '99.00', biz: object = {}): string {
    return this.sdk.pageExecute('alipay.trade.page.pay', 'GET', this.pageParams(outTradeNo, amount, biz));
  }

  form(outTradeNo: string, amount = '99.00'): string {
    return this.sdk.pageExecute('alipay.trade.page.pay', 'POST', this.pageParams(outTradeNo, amount, {}));
  }

  verified(delivery: Delivery): Record<string, string> {
    const fields = Object.fromEntries(new URLSearchParams(delivery.body));
    expect(this.sdk.checkNotifySignV2(fields)).toBe(true);
    return fields;
  }

  private pageParams(outTradeNo: string, amount: string, biz: object) {
    return {
      timestamp: beijing(new Date()),
      notifyUrl: this.notifyUrl,
      returnUrl: 'http://127.0.0.1:1/back?from=alipay',
      bizContent: {
        out_trade_no: outTradeNo,
        total_amount: amount,
        subject: '专业版 & “100%” <pro>',
        product_code: 'FAST_INSTANT_TRADE_PAY',
        ...biz,
      },
    };
  }
}

function beijing(at: Date): string {
  return DateTime.fromJSDate(at).setZone('Asia/Shanghai').toFormat('yyyy-MM-dd HH:mm:ss');
}

const open = (url: string): Promise<Response> => fetch(url, { redirect: 'manual' });

let sandbox: RunningSandbox;
let inbox: MerchantEndpoint;
let merchant: Merchant;

beforeEach(async () => {
  sandbox = await startSandbox();
  inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  merchant = new Merchant(sandbox, inbox.url);
});

afterEach(stopEverything);

async function paidOrder(amount = '99.00'): Promise<string> {
  const orderId = newOrderId();
  await open(merchant.link(orderId, amount));
  expect((await payAsBuyer(sandbox, orderId)).status).toBe(204);
  expect(merchant.verified(await inbox.next()).trade_status).toBe('TRADE_SUCCESS');
  return orderId;
}

describe('a trade', () => {
  it('exists only once the buyer has opened its link', async () => {
    const orderId = newOrderId();
    const before = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(before).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST' });
    expect((await payAsBuyer(sandbox, orderId)).status).toBe(404);

    const opened = await open(merchant.link(orderId));
    expect(opened.status).toBe(302);
    expect(opened.headers.get('location')).toBe(`${sandbox.url}/sandbox/cashier/${orderId}`);

    const after = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(after).toMatchObject({ code: '10000', tradeStatus: 'WAIT_BUYER_PAY', totalAmount: '99.00' });
    const byTradeNo = await merchant.call('alipay.trade.query', { trade_no: after.tradeNo });
    expect(byTradeNo).toMatchObject({ outTradeNo: orderId });
  });

  it('opens by a posted form too', async () => {
    const orderId = newOrderId();
    const page = merchant.form(orderId);
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      (value ?? '').replaceAll('&quot;', '"'),
    ]);
    const body = new URLSearchParams(fields);
    expect((await fetch(action, { method: 'POST', body, redirect: 'manual' })).status).toBe(302);
  });

  it('is paid once, and says so in a signed notification and in the query', async () => {
    const orderId = newOrderId();
    await open(merchant.link(orderId, '99.00', { passback_params: 'a%3D1' }));
    expect((await payAsBuyer(sandbox, orderId)).status).toBe(204);
    const fields = merchant.verified(await inbox.next());
    const { appId, sellerId } = sandbox.keys.merchant.alipay;
    expect(fields).toMatchObject({
      notify_type: 'trade_status_sync',
      trade_status: 'TRADE_SUCCESS',
      out_trade_no: orderId,
      total_amount: '99.00',
      subject: '专业版 & “100%” <pro>',
      passback_params: 'a%3D1',
      app_id: appId,
      seller_id: sellerId,
      sign_type: 'RSA2',
    });
    expect(fields.gmt_payment).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

    const again = await payAsBuyer(sandbox, orderId);
    expect(again.status).toBe(409);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    expect(await again.json()).toMatchObject({
      type: 'about:blank',
      status: 409,
      code: 'PAYMENT_NOT_PENDING',
    });

    const query = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(query).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', tradeNo: fields.trade_no });
  });

  it('takes the same number again for the same amount only', async () => {
    const orderId = newOrderId();
    await open(merchant.link(orderId, '99.00'));
    expect((await open(merchant.link(orderId, '99.0'))).status).toBe(302);
    const other = await open(merchant.link(orderId, '1.00'));
    expect(other.status).toBe(400);
    expect(await other.text()).toContain('ACQ.CONTEXT_INCONSISTENT');
  });

  it.each([
    ['a third decimal', { total_amount: '0.001' }],
    ['no money', { total_amount: '0.00' }],
    ['another product', { product_code: 'QUICK_WAP_WAY' }],
    ['a time that has passed', { time_expire: '2020-01-01 00:00:00' }],
    ['a number with a dot', { out_trade_no: 'a.b' }],
  ])('refuses %s with a page', async (_what, biz) => {
    const answer = await open(merchant.link(newOrderId(), '99.00', biz));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('ACQ.INVALID_PARAMETER');
  });
});

describe('closing', () => {
  it('ends an unpaid trade and tells of it', async () => {
    const orderId = newOrderId();
    await open(merchant.link(orderId));
    const closed = await merchant.call('alipay.trade.close', { out_trade_no: orderId });
    expect(closed).toMatchObject({ code: '10000', outTradeNo: orderId });
    expect(merchant.verified(await inbox.next())).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect((await payAsBuyer(sandbox, orderId)).status).toBe(409);
  });

  it('refuses a paid trade and an unknown one', async () => {
    const orderId = await paidOrder();
    const paid = await merchant.call('alipay.trade.close', { out_trade_no: orderId });
    expect(paid).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_STATUS_ERROR' });
    const unknown = await merchant.call('alipay.trade.close', { out_trade_no: 'nobody' });
    expect(unknown).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST' });
  });

  it('comes by itself when the time is up', async () => {
    const [relative, absolute] = [newOrderId(), newOrderId()];
    await open(merchant.link(relative, '99.00', { timeout_express: '90m' }));
    const inTwoHours = beijing(new Date(Date.now() + 7_200_000));
    await open(merchant.link(absolute, '99.00', { time_expire: inTwoHours }));
    sandbox.clock.forward(91 * 60_000);
    const query = (out_trade_no: string) => merchant.call('alipay.trade.query', { out_trade_no });
    expect(await query(relative)).toMatchObject({ tradeStatus: 'TRADE_CLOSED' });
    expect(merchant.verified(await inbox.next())).toMatchObject({ trade_status: 'TRADE_CLOSED' });
    expect(await query(absolute)).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
    sandbox.clock.forward(30 * 60_000);
    expect((await payAsBuyer(sandbox, absolute)).status).toBe(409);
  });
});

describe('refunds', () => {
  const refund = (orderId: string, amount: string, requestNo: string) =>
    merchant.call('alipay.trade.refund', {
      out_trade_no: orderId,
      refund_amount: amount,
      out_request_no: requestNo,
      refund_reason: '不再需要',
    });

  it('moves money once per number: fund_change Y, then N', async () => {
    const orderId = await paidOrder();
    expect(await refund(orderId, '30.00', 'R1')).toMatchObject({
      code: '10000',
      fundChange: 'Y',
      refundFee: '30.00',
    });
    expect(merchant.verified(await inbox.next())).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
      out_biz_no: 'R1',
      refund_fee: '30.00',
      total_amount: '99.00',
      gmt_refund: expect.stringMatching(/\.\d{3}$/),
    });
    expect(await refund(orderId, '30.00', 'R1')).toMatchObject({
      code: '10000',
      fundChange: 'N',
      refundFee: '30.00',
    });
    expect(await refund(orderId, '31.00', 'R1')).toMatchObject({ subCode: 'ACQ.DISCORDANT_REPEAT_REQUEST' });

    expect(await refund(orderId, '69.00', 'R2')).toMatchObject({ fundChange: 'Y', refundFee: '99.00' });
    expect(merchant.verified(await inbox.next())).toMatchObject({
      trade_status: 'TRADE_CLOSED',
      out_biz_no: 'R2',
      refund_fee: '99.00',
    });
    const query = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(query.tradeStatus).toBe('TRADE_CLOSED');
  });

  it('never exceeds the amount, nor touches what was not paid', async () => {
    const orderId = await paidOrder();
    expect(await refund(orderId, '99.01', 'R1')).toMatchObject({ subCode: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    await refund(orderId, '60.00', 'R1');
    expect(await refund(orderId, '39.01', 'R2')).toMatchObject({ subCode: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    const unpaid = newOrderId();
    await open(merchant.link(unpaid));
    expect(await refund(unpaid, '1.00', 'R1')).toMatchObject({ subCode: 'ACQ.TRADE_STATUS_ERROR' });
  });

  it('is found by its number; one that never happened is an empty success', async () => {
    const orderId = await paidOrder();
    await refund(orderId, '30.00', 'R1');
    const find = (out_request_no: string) =>
      merchant.call('alipay.trade.fastpay.refund.query', {
        out_trade_no: orderId,
        out_request_no,
        query_options: ['gmt_refund_pay'],
      });
    expect(await find('R1')).toMatchObject({ refundStatus: 'REFUND_SUCCESS', refundAmount: '30.00' });
    const absent = await find('R2');
    expect(absent.code).toBe('10000');
    expect(absent).not.toHaveProperty('refundStatus');
  });

  it('ends after a year, when the trade is finished', async () => {
    const orderId = await paidOrder();
    sandbox.clock.forward(366 * DAY_MS);
    const query = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(query.tradeStatus).toBe('TRADE_FINISHED');
    expect(await refund(orderId, '1.00', 'R1')).toMatchObject({ subCode: 'ACQ.TRADE_HAS_FINISHED' });
  });
});

describe('signatures', () => {
  it('refuses a link whose amount was changed, and keeps no trade', async () => {
    const orderId = newOrderId();
    const cheaper = merchant.link(orderId, '99.00').replace('99.00', '00.01');
    const answer = await open(cheaper);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('isv.invalid-signature');
    const query = await merchant.call('alipay.trade.query', { out_trade_no: orderId });
    expect(query.subCode).toBe('ACQ.TRADE_NOT_EXIST');
  });

  it.each([
    ['another key', { privateKey: strangers.merchant.alipay.privateKey }, 'isv.invalid-signature'],
    ['another app', { appId: '2021000000000000' }, 'isv.invalid-app-id'],
  ])('refuses a call by %s, in a signed answer', async (_what, overrides, subCode) => {
    const stranger = new Merchant(sandbox, inbox.url, overrides);
    const answer = await stranger.call('alipay.trade.query', { out_trade_no: 'x' });
    expect(answer).toMatchObject({ code: '40002', subCode });
  });

  it.each([
    ['another format', '2026/01/01 00:00:00'],
    ['a time zone that is not Beijing’s', DateTime.utc().toFormat('yyyy-MM-dd HH:mm:ss')],
  ])('refuses a time in %s', async (_what, timestamp) => {
    const answer = await merchant.call('alipay.trade.query', { out_trade_no: 'x' }, timestamp);
    expect(answer).toMatchObject({ code: '40002', subCode: 'isv.invalid-timestamp' });
  });

  it('names a missing parameter, a repeated one, another sign_type and an unknown method', async () => {
    const ask = async (query: string): Promise<string> =>
      (await fetch(`${sandbox.url}/sandbox/alipay/gateway.do?${query}`)).text();
    const appId = sandbox.keys.merchant.alipay.appId;
    expect(await ask('method=alipay.trade.query')).toContain('isv.missing-app-id');
    expect(await ask(`method=alipay.trade.query&app_id=${appId}&app_id=${appId}`)).toContain(
      'isv.invalid-parameter',
    );
    expect(await ask(`method=alipay.trade.query&app_id=${appId}&sign_type=RSA`)).toContain(
      'isv.invalid-signature-type',
    );
    const raw = await merchant.sdk
      .exec('alipay.no.such', { timestamp: beijing(new Date()), bizContent: {} })
      .catch((error: unknown) => error);
    expect(raw).toMatchObject({ code: '40002', subCode: 'isv.invalid-method' });
  });

  it('signs the answer’s bytes as they stand, slashes escaped', async () => {
    const url = new URL(merchant.link(newOrderId()));
    url.searchParams.set('method', 'alipay.trade.query');
    const raw = await (await open(url.toString())).text();
    expect(raw).toContain('http:\\/\\/');
    const { sign } = JSON.parse(raw) as { sign: string };
    expect(() => merchant.sdk.checkResponseSign(raw, 'alipay_trade_query_response', sign, '')).not.toThrow();
    const tampered = raw.replace('40002', '10000');
    expect(() => merchant.sdk.checkResponseSign(tampered, 'alipay_trade_query_response', sign, '')).toThrow(
      '验签失败',
    );
  });
});

describe('notifications', () => {
  it('come again until the answer is exactly success', async () => {
    inbox.replies.push(
      { status: 500, body: 'success' },
      { status: 200, body: 'SUCCESS' },
      { status: 200, body: 'success\n' },
      { status: 302, headers: { location: inbox.url } },
      { status: 200, body: 'success' },
    );
    const orderId = newOrderId();
    await open(merchant.link(orderId));
    await payAsBuyer(sandbox, orderId);
    const ids = new Set<string | undefined>();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      ids.add(merchant.verified(await inbox.next()).notify_id);
    }
    expect(ids.size).toBe(1);
    // Whatever comes now is the refund: the payment's notification has stopped.
    await merchant.call('alipay.trade.refund', { out_trade_no: orderId, refund_amount: '99.00' });
    expect(merchant.verified(await inbox.next())).toHaveProperty('gmt_refund');
    expect(inbox.unread).toBe(0);
  });
});

describe('the journal', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandbox-journal-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('brings back orders, and notifications that were not acknowledged', async () => {
    const journalPath = join(folder, 'orders.jsonl');
    const first = await startSandbox({ journalPath, keys: sandbox.keys, notifyDelaysMs: [3_600_000] });
    const seller = new Merchant(first, inbox.url);
    inbox.replies.push({ status: 503 });
    const orderId = newOrderId();
    await open(seller.link(orderId));
    await payAsBuyer(first, orderId);
    const attempted = seller.verified(await inbox.next());
    await first.close();

    const second = await startSandbox({ journalPath, keys: sandbox.keys });
    const resent = seller.verified(await inbox.next());
    expect(resent.notify_id).toBe(attempted.notify_id);
    const query = await new Merchant(second, inbox.url).call('alipay.trade.query', { out_trade_no: orderId });
    expect(query).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', tradeNo: attempted.trade_no });
  });
});

describe('paying without opening the link first', () => {
  const links = new Map<string, string>();
  let shop: RunningSandbox;
  beforeEach(async () => {
    shop = await startSandbox({ paymentUrlOf: async (orderId) => links.get(orderId) ?? null });
  });

  it('opens it as the buyer’s browser would', async () => {
    const seller = new Merchant(shop, inbox.url);
    const [paid, shown] = [newOrderId(), newOrderId()];
    links.set(paid, seller.link(paid)).set(shown, seller.link(shown));
    expect((await payAsBuyer(shop, paid)).status).toBe(204);
    expect(seller.verified(await inbox.next()).out_trade_no).toBe(paid);
    expect((await fetch(`${shop.url}/sandbox/cashier/${shown}`)).status).toBe(200);
    const query = await seller.call('alipay.trade.query', { out_trade_no: shown });
    expect(query.tradeStatus).toBe('WAIT_BUYER_PAY');
  });

  it('refuses a link with a bad signature, and one that leads elsewhere', async () => {
    const [forged, foreign] = [newOrderId(), newOrderId()];
    const stranger = new Merchant(shop, inbox.url, { privateKey: strangers.merchant.alipay.privateKey });
    links.set(forged, stranger.link(forged)).set(foreign, inbox.url);
    const refused = await payAsBuyer(shop, forged);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'CHANNEL_REFUSED' });
    expect((await payAsBuyer(shop, foreign)).status).toBe(404);
    expect(inbox.unread).toBe(0);
  });
});

describe('on Express', () => {
  it('opens, pays, notifies, queries and refunds just the same', async () => {
    const express = await startSandbox({ on: 'express' });
    const seller = new Merchant(express, inbox.url);
    const orderId = newOrderId();
    expect((await open(seller.link(orderId))).status).toBe(302);
    expect((await payAsBuyer(express, orderId)).status).toBe(204);
    expect(seller.verified(await inbox.next()).trade_status).toBe('TRADE_SUCCESS');
    const refund = await seller.call('alipay.trade.refund', {
      out_trade_no: orderId,
      refund_amount: '99.00',
    });
    expect(refund).toMatchObject({ code: '10000', fundChange: 'Y' });
    expect(seller.verified(await inbox.next()).trade_status).toBe('TRADE_CLOSED');
  });
});
