import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
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

interface Answer {
  status: number;
  data: Record<string, unknown>;
  headers: Record<string, string>;
}

/** The merchant's side, by the real SDK, which verifies the signature of every 2xx answer. */
class Merchant {
  readonly sdk: { v3: Record<string, any> };
  readonly wechat: RunningSandbox['keys']['merchant']['wechat'];

  constructor(
    sandbox: RunningSandbox,
    private readonly notifyUrl: string,
    overrides: {
      privateKey?: string;
      serial?: string;
      mchid?: string;
      publicKey?: string;
      publicKeyId?: string;
    } = {},
  ) {
    this.wechat = sandbox.keys.merchant.wechat;
    const publicKeyId = overrides.publicKeyId ?? this.wechat.publicKey.id;
    this.sdk = new Wechatpay({
      mchid: overrides.mchid ?? this.wechat.mchId,
      serial: overrides.serial ?? this.wechat.merchantSerial,
      privateKey: createPrivateKey(overrides.privateKey ?? this.wechat.privateKey),
      certs: { [publicKeyId]: createPublicKey(overrides.publicKey ?? this.wechat.publicKey.pem) },
      baseURL: `${sandbox.url}/sandbox/wechat/`,
      proxy: false,
      headers: { 'Wechatpay-Serial': publicKeyId },
    } as never) as never;
  }

  native(outTradeNo: string, changes: object = {}): Promise<Answer> {
    return this.sdk.v3.pay.transactions.native.post({
      appid: this.wechat.appId,
      mchid: this.wechat.mchId,
      description: '专业版 月付',
      out_trade_no: outTradeNo,
      notify_url: this.notifyUrl,
      amount: { total: 9900, currency: 'CNY' },
      ...changes,
    });
  }

  query(out_trade_no: string, mchid = this.wechat.mchId): Promise<Answer> {
    return this.sdk.v3.pay.transactions.outTradeNo.$out_trade_no$.get({ params: { mchid }, out_trade_no });
  }

  close(out_trade_no: string): Promise<Answer> {
    const { mchId } = this.wechat;
    return this.sdk.v3.pay.transactions.outTradeNo.$out_trade_no$.close.post(
      { mchid: mchId },
      { out_trade_no },
    );
  }

  refund(outTradeNo: string, refundNo: string, refund: number, changes: object = {}): Promise<Answer> {
    return this.sdk.v3.refund.domestic.refunds.post({
      out_trade_no: outTradeNo,
      out_refund_no: refundNo,
      reason: '不再需要',
      notify_url: this.notifyUrl,
      amount: { refund, total: 9900, currency: 'CNY' },
      ...changes,
    });
  }

  queryRefund(out_refund_no: string): Promise<Answer> {
    return this.sdk.v3.refund.domestic.refunds.$out_refund_no$.get({ out_refund_no });
  }

  /** Verifies and decrypts a notification with the SDK's own tools. */
  opened(delivery: Delivery): { event: Record<string, any>; resource: Record<string, any> } {
    const header = (name: string) => String(delivery.headers[`wechatpay-${name}`]);
    expect(header('serial')).toBe(this.wechat.publicKey.id);
    const signed = Formatter.response(header('timestamp'), header('nonce'), delivery.body);
    expect(Rsa.verify(signed, header('signature'), createPublicKey(this.wechat.publicKey.pem))).toBe(true);
    const event = JSON.parse(delivery.body);
    const { ciphertext, nonce, associated_data } = event.resource;
    const plain = Aes.AesGcm.decrypt(ciphertext, this.wechat.apiV3Key, nonce, associated_data);
    return { event, resource: JSON.parse(plain) };
  }
}

/** Status and error code of a call that must fail. */
async function refusal(call: Promise<Answer>): Promise<{ status: number; code: string; field?: string }> {
  const error = await call.then(
    () => {
      throw new Error('the gateway accepted what it should refuse');
    },
    (reason: { response?: { status: number; data: { code: string; detail?: { field: string } } } }) => reason,
  );
  if (!error.response) throw error;
  const { status, data } = error.response;
  return { status, code: data.code, ...(data.detail ? { field: data.detail.field } : {}) };
}

let sandbox: RunningSandbox;
let inbox: MerchantEndpoint;
let merchant: Merchant;

beforeEach(async () => {
  sandbox = await startSandbox();
  inbox = await MerchantEndpoint.start({ status: 204 });
  merchant = new Merchant(sandbox, inbox.url);
});

afterEach(stopEverything);

async function paidOrder(): Promise<string> {
  const orderId = newOrderId();
  await merchant.native(orderId);
  expect((await payAsBuyer(sandbox, orderId)).status).toBe(204);
  expect(merchant.opened(await inbox.next()).event.event_type).toBe('TRANSACTION.SUCCESS');
  return orderId;
}

describe('an order', () => {
  it('is made, paid, notified and queried', async () => {
    const orderId = newOrderId();
    expect(await refusal(merchant.query(orderId))).toEqual({ status: 404, code: 'ORDER_NOT_EXIST' });
    const made = await merchant.native(orderId, { attach: 'a=1' });
    expect(made.data).toEqual({ code_url: `${sandbox.url}/sandbox/cashier/${orderId}` });
    expect((await merchant.query(orderId)).data).toMatchObject({
      trade_state: 'NOTPAY',
      amount: { total: 9900 },
    });

    expect((await payAsBuyer(sandbox, orderId)).status).toBe(204);
    const { event, resource } = merchant.opened(await inbox.next());
    expect(event).toMatchObject({
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      resource: {
        algorithm: 'AEAD_AES_256_GCM',
        original_type: 'transaction',
        associated_data: 'transaction',
      },
    });
    expect(resource).toMatchObject({
      appid: merchant.wechat.appId,
      mchid: merchant.wechat.mchId,
      out_trade_no: orderId,
      trade_state: 'SUCCESS',
      attach: 'a=1',
      amount: { total: 9900, payer_total: 9900, currency: 'CNY' },
      success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
    });
    expect((await merchant.query(orderId)).data).toEqual(resource);

    const again = await payAsBuyer(sandbox, orderId);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'PAYMENT_NOT_PENDING' });
  });

  it('is the same order when asked for again, unless the amount differs or it is over', async () => {
    const orderId = newOrderId();
    const first = await merchant.native(orderId);
    expect((await merchant.native(orderId)).data).toEqual(first.data);
    expect(await refusal(merchant.native(orderId, { amount: { total: 1 } }))).toEqual({
      status: 400,
      code: 'OUT_TRADE_NO_USED',
    });
    await payAsBuyer(sandbox, orderId);
    expect(await refusal(merchant.native(orderId))).toEqual({ status: 400, code: 'ORDERPAID' });
  });

  it('is closed with a signed 204, and only while unpaid', async () => {
    const orderId = newOrderId();
    await merchant.native(orderId);
    expect((await merchant.close(orderId)).status).toBe(204);
    expect((await merchant.query(orderId)).data.trade_state).toBe('CLOSED');
    expect((await payAsBuyer(sandbox, orderId)).status).toBe(409);
    expect(await refusal(merchant.native(orderId))).toEqual({ status: 400, code: 'ORDER_CLOSED' });
    expect(await refusal(merchant.close(await paidOrder()))).toEqual({ status: 400, code: 'ORDERPAID' });
    expect(await refusal(merchant.close(newOrderId()))).toEqual({ status: 404, code: 'ORDER_NOT_EXIST' });
  });

  it('closes by itself when its time is up', async () => {
    const orderId = newOrderId();
    await merchant.native(orderId, { time_expire: rfc3339(30 * 60_000) });
    sandbox.clock.forward(29 * 60_000);
    expect((await merchant.query(orderId)).data.trade_state).toBe('NOTPAY');
    sandbox.clock.forward(2 * 60_000);
    expect((await payAsBuyer(sandbox, orderId)).status).toBe(409);
    expect((await merchant.query(orderId)).data.trade_state).toBe('CLOSED');
  });

  it.each([
    ['a description of 128 characters', { description: '字'.repeat(128) }, '/description'],
    ['an amount of nothing', { amount: { total: 0, currency: 'CNY' } }, '/amount/total'],
    ['an amount in yuan', { amount: { total: 99.5, currency: 'CNY' } }, '/amount/total'],
    ['another currency', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
    ['a UUID with dashes', { out_trade_no: '6f1c1f5e-7d3f-4a0c-9b3e-0123456789ab' }, '/out_trade_no'],
    ['five characters', { out_trade_no: 'abcde' }, '/out_trade_no'],
    ['no notify_url', { notify_url: undefined }, '/notify_url'],
    ['a notify_url with a query', { notify_url: 'https://a.example/n?x=1' }, '/notify_url'],
    ['a time without a zone', { time_expire: '2100-01-01T00:00:00' }, '/time_expire'],
    ['a time that has passed', { time_expire: '2020-01-01T00:00:00+08:00' }, '/time_expire'],
  ])('is refused with %s', async (_what, changes, field) => {
    const answer = await refusal(merchant.native(newOrderId(), changes));
    expect(answer).toEqual({ status: 400, code: 'PARAM_ERROR', field });
  });

  it('takes 127 characters, whatever they are', async () => {
    expect((await merchant.native(newOrderId(), { description: '😀'.repeat(127) })).status).toBe(200);
  });

  it('belongs to its merchant and app', async () => {
    expect(await refusal(merchant.native(newOrderId(), { appid: 'wx0000000000000000' }))).toEqual({
      status: 400,
      code: 'APPID_MCHID_NOT_MATCH',
    });
    expect((await refusal(merchant.native(newOrderId(), { mchid: '1' }))).code).toBe('PARAM_ERROR');
    expect((await refusal(merchant.query(await paidOrder(), '1'))).code).toBe('PARAM_ERROR');
  });
});

describe('refunds', () => {
  it('are accepted first, then done, and tell of it', async () => {
    const orderId = await paidOrder();
    expect((await merchant.refund(orderId, 'R1', 3000)).data).toMatchObject({
      status: 'PROCESSING',
      out_refund_no: 'R1',
      amount: { refund: 3000, total: 9900 },
    });
    const { event, resource } = merchant.opened(await inbox.next());
    expect(event).toMatchObject({ event_type: 'REFUND.SUCCESS', resource: { associated_data: 'refund' } });
    expect(resource).toMatchObject({
      mchid: merchant.wechat.mchId,
      out_trade_no: orderId,
      out_refund_no: 'R1',
      refund_status: 'SUCCESS',
      amount: { refund: 3000, total: 9900 },
    });
    expect((await merchant.queryRefund('R1')).data).toMatchObject({ status: 'SUCCESS', out_refund_no: 'R1' });
    expect((await merchant.query(orderId)).data.trade_state).toBe('REFUND');
  });

  it('are done by the first query where nobody is to be notified', async () => {
    const orderId = await paidOrder();
    await merchant.refund(orderId, 'R1', 9900, { notify_url: undefined });
    expect((await merchant.queryRefund('R1')).data.status).toBe('SUCCESS');
    expect(await refusal(merchant.queryRefund('R2'))).toEqual({ status: 404, code: 'RESOURCE_NOT_EXISTS' });
  });

  it('happen once per number', async () => {
    const orderId = await paidOrder();
    await merchant.refund(orderId, 'R1', 3000);
    await inbox.next();
    expect((await merchant.refund(orderId, 'R1', 3000)).data.status).toBe('SUCCESS');
    expect((await refusal(merchant.refund(orderId, 'R1', 3001))).code).toBe('INVALID_REQUEST');
    // All of the rest: so the replay took nothing.
    expect((await merchant.refund(orderId, 'R2', 6900)).status).toBe(200);
    expect(merchant.opened(await inbox.next()).resource.out_refund_no).toBe('R2');
    expect(inbox.unread).toBe(0);
  });

  it('need the order’s own total, and stay within it', async () => {
    const orderId = await paidOrder();
    const wrongTotal = { amount: { refund: 3000, total: 3000, currency: 'CNY' } };
    expect(await refusal(merchant.refund(orderId, 'R1', 3000, wrongTotal))).toEqual({
      status: 400,
      code: 'INVALID_REQUEST',
    });
    await merchant.refund(orderId, 'R2', 6000);
    expect((await refusal(merchant.refund(orderId, 'R3', 3901))).code).toBe('INVALID_REQUEST');
  });

  it('come in at most 50 parts', async () => {
    const orderId = await paidOrder();
    for (let part = 1; part <= 50; part += 1) {
      await merchant.refund(orderId, `R${part}`, 1, { notify_url: undefined });
    }
    const oneMore = merchant.refund(orderId, 'R51', 1, { notify_url: undefined });
    expect((await refusal(oneMore)).code).toBe('INVALID_REQUEST');
  });

  it('need a paid order, at most a year old', async () => {
    const unpaid = newOrderId();
    await merchant.native(unpaid);
    expect((await refusal(merchant.refund(unpaid, 'R1', 1))).code).toBe('INVALID_REQUEST');
    expect((await refusal(merchant.refund(newOrderId(), 'R1', 1))).code).toBe('RESOURCE_NOT_EXISTS');
    const orderId = await paidOrder();
    sandbox.clock.forward(366 * DAY_MS);
    expect((await refusal(merchant.refund(orderId, 'R1', 1))).code).toBe('INVALID_REQUEST');
  });
});

describe('signatures', () => {
  it.each([
    ['another key', { privateKey: strangers.merchant.wechat.privateKey }],
    ['another serial', { serial: '00' }],
    ['another merchant', { mchid: '1' }],
  ])('refuses %s', async (_what, overrides) => {
    const stranger = new Merchant(sandbox, inbox.url, overrides);
    expect(await refusal(stranger.native(newOrderId()))).toEqual({ status: 401, code: 'SIGN_ERROR' });
  });

  it('refuses the id of another public key', async () => {
    const confused = new Merchant(sandbox, inbox.url, { publicKeyId: 'PUB_KEY_ID_0' });
    expect(await refusal(confused.native(newOrderId()))).toEqual({ status: 400, code: 'PARAM_ERROR' });
  });

  it('are made with the gateway’s key: the SDK takes no answer of another', async () => {
    const stranger = strangers.merchant.wechat.publicKey.pem;
    const doubting = new Merchant(sandbox, inbox.url, { publicKey: stranger });
    await expect(doubting.native(newOrderId())).rejects.toMatchObject({
      code: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
    });
    const orderId = newOrderId();
    await merchant.native(orderId);
    await expect(doubting.close(orderId)).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' });
  });

  /** A request signed by hand, so that each part can be changed after signing. */
  async function ask(changes: {
    path?: string;
    body?: string;
    age?: number;
    scheme?: string;
  }): Promise<number> {
    const { wechat } = sandbox.keys.merchant;
    const path = `/sandbox/wechat/v3/pay/transactions/out-trade-no/${newOrderId()}/close`;
    const body = JSON.stringify({ mchid: wechat.mchId });
    const timestamp = Math.floor(Date.now() / 1000) - (changes.age ?? 0);
    const text = `POST\n${path}\n${timestamp}\nnonce\n${body}\n`;
    const signature = sign('sha256', Buffer.from(text), wechat.privateKey).toString('base64');
    const parts = `mchid="${wechat.mchId}",nonce_str="nonce",timestamp="${timestamp}",serial_no="${wechat.merchantSerial}",signature="${signature}"`;
    const response = await fetch(sandbox.url + (changes.path ?? path), {
      method: 'POST',
      headers: {
        authorization: `${changes.scheme ?? 'WECHATPAY2-SHA256-RSA2048'} ${parts}`,
        'content-type': 'application/json',
      },
      body: changes.body ?? body,
    });
    return response.status;
  }

  it('cover the path, the query, the body and the time', async () => {
    expect(await ask({})).toBe(404); // Well signed; there is no such order.
    expect(await ask({ path: '/sandbox/wechat/v3/pay/transactions/out-trade-no/another/close' })).toBe(401);
    expect(await ask({ body: '{"mchid": "1"}' })).toBe(401);
    expect(await ask({ age: 310 })).toBe(401);
    expect(await ask({ age: -310 })).toBe(401);
    expect(await ask({ age: 290 })).toBe(404);
    expect(await ask({ scheme: 'WECHATPAY2-SHA999-RSA2048' })).toBe(401);
    expect((await fetch(`${sandbox.url}/sandbox/wechat/v3/refund/domestic/refunds/R1`)).status).toBe(401);
  });
});

describe('notifications', () => {
  it('come again, freshly signed, until 200 or 204', async () => {
    inbox.replies.push(
      { status: 500, body: '{"code":"FAIL"}' },
      { status: 201, body: '{"code":"SUCCESS"}' },
      { status: 302, headers: { location: inbox.url } },
      { status: 200 },
    );
    const orderId = newOrderId();
    await merchant.native(orderId);
    await payAsBuyer(sandbox, orderId);
    const attempts = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) attempts.push(await inbox.next());
    expect(new Set(attempts.map((attempt) => merchant.opened(attempt).event.id)).size).toBe(1);
    expect(new Set(attempts.map(({ headers }) => headers['wechatpay-signature'])).size).toBe(4);
    // Whatever comes now is the refund: the payment's notification has stopped.
    await merchant.refund(orderId, 'R1', 9900);
    expect(merchant.opened(await inbox.next()).event.event_type).toBe('REFUND.SUCCESS');
    expect(inbox.unread).toBe(0);
  });
});

describe('the journal', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandbox-journal-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('brings back orders, refunds and what was still to be told', async () => {
    const journalPath = join(folder, 'orders.jsonl');
    const first = await startSandbox({ journalPath, notifyDelaysMs: [3_600_000] });
    const before = new Merchant(first, inbox.url);
    inbox.replies.push({ status: 503 }, { status: 503 });
    const orderId = newOrderId();
    await before.native(orderId);
    await payAsBuyer(first, orderId);
    const paid = before.opened(await inbox.next());
    await before.refund(orderId, 'R1', 3000);
    const refunded = before.opened(await inbox.next());
    await first.close();

    const second = await startSandbox({ journalPath });
    const after = new Merchant(second, inbox.url);
    const resent = [after.opened(await inbox.next()), after.opened(await inbox.next())];
    expect(new Set(resent.map(({ event }) => event.id))).toEqual(new Set([paid.event.id, refunded.event.id]));
    expect((await after.query(orderId)).data.trade_state).toBe('REFUND');
    expect((await refusal(after.refund(orderId, 'R2', 6901))).code).toBe('INVALID_REQUEST');
  });
});

describe('on Express', () => {
  it('makes, pays, notifies, closes and refunds just the same', async () => {
    const express = await startSandbox({ on: 'express' });
    const seller = new Merchant(express, inbox.url);
    const [paid, closed] = [newOrderId(), newOrderId()];
    await seller.native(paid);
    await seller.native(closed);
    expect((await seller.close(closed)).status).toBe(204);
    expect((await payAsBuyer(express, paid)).status).toBe(204);
    expect(seller.opened(await inbox.next()).resource.out_trade_no).toBe(paid);
    expect((await seller.refund(paid, 'R1', 9900)).data.status).toBe('PROCESSING');
    expect(seller.opened(await inbox.next()).resource.refund_status).toBe('SUCCESS');
  });
});

/** So far from now, in Beijing's time. */
function rfc3339(inMs: number): string {
  return new Date(Date.now() + inMs + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
}
