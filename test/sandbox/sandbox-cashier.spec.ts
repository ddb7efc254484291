import { createSign } from 'node:crypto';
import {
  MerchantEndpoint,
  newOrderId,
  startSandbox,
  stopEverything,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

let sandbox: RunningSandbox;

afterEach(stopEverything);

/** Opens an Alipay trade with a link signed by hand. */
async function openTrade(orderId: string, biz: object = {}, common: object = {}): Promise<void> {
  const { appId, privateKey } = sandbox.keys.merchant.alipay;
  const fields: Record<string, string> = {
    app_id: appId,
    method: 'alipay.trade.page.pay',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-01-01 00:00:00',
    version: '1.0',
    return_url: 'https://shop.example/back?a=1&b=2',
    biz_content: JSON.stringify({
      out_trade_no: orderId,
      total_amount: '99.00',
      subject: '专业版 <script>alert(1)</script> "&\'',
      product_code: 'FAST_INSTANT_TRADE_PAY',
      ...biz,
    }),
    ...common,
  };
  const names = Object.keys(fields).toSorted();
  const text = names.map((name) => `${name}=${fields[name]}`).join('&');
  const sign = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
  const query = new URLSearchParams({ ...fields, sign });
  const response = await fetch(`${sandbox.url}/sandbox/alipay/gateway.do?${query}`, { redirect: 'manual' });
  expect(response.status).toBe(302);
}

const english = { 'accept-language': 'en' };
const cashier = (orderId: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${sandbox.url}/sandbox/cashier/${orderId}`, { redirect: 'manual', ...init });
const payRoute = (orderId: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${sandbox.url}/sandbox/payments/${orderId}/pay`, { method: 'POST', ...init });

describe.each(['fastify', 'express'] as const)('the cashier on %s', (on) => {
  const lookedUp: string[] = [];

  beforeEach(async () => {
    lookedUp.length = 0;
    const paymentUrlOf = async (orderId: string): Promise<null> => {
      lookedUp.push(orderId);
      return null;
    };
    sandbox = await startSandbox({ on, paymentUrlOf });
  });

  it('shows the order, escaped, under a policy that allows no script', async () => {
    const orderId = newOrderId();
    await openTrade(orderId);
    const page = await cashier(orderId, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('script-src');
    const text = await page.text();
    expect(text).toContain('lang="zh-CN"');
    expect(text).toContain('支付宝');
    expect(text).toContain('¥99.00');
    expect(text).toContain(orderId);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39;');
    expect(text).not.toContain('<script');
  });

  it('pays by its button, then leads back with a signed return', async () => {
    const orderId = newOrderId();
    await openTrade(orderId);
    const url = `${sandbox.url}/sandbox/cashier/${orderId}`;
    const pressed = await cashier(orderId, { method: 'POST', body: new URLSearchParams() });
    expect(pressed.status).toBe(303);
    const next = new URL(pressed.headers.get('location') ?? '', url);
    expect(next.pathname).toBe(new URL(url).pathname);
    const text = await (await fetch(next, { headers: english })).text();
    expect(text).toContain('Paid');
    expect(text).not.toContain('<form');
    const back = new URL((/href="(https:[^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&'));
    expect(back.origin + back.pathname).toBe('https://shop.example/back');
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      a: '1',
      b: '2',
      out_trade_no: orderId,
      sign_type: 'RSA2',
    });
    // Pressed twice: the page tells, and nothing breaks.
    expect((await cashier(orderId, { method: 'POST' })).status).toBe(303);
  });

  it('shows an expired order as closed, without a button', async () => {
    const orderId = newOrderId();
    await openTrade(orderId, { timeout_express: '1m' });
    sandbox.clock.forward(60_000);
    const text = await (await cashier(orderId, { headers: english })).text();
    expect(text).toContain('Closed');
    expect(text).not.toContain('<form');
  });

  it('answers 404 with a page for people and a problem for programs', async () => {
    for (const orderId of ['nobody', '%00', 'a%20b', '..%2f..']) {
      const page = await cashier(orderId);
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toContain('text/html');
      const answer = await payRoute(orderId, { headers: { 'accept-language': 'zh-CN' } });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', title: '未找到' });
    }
    // What can't be an order's number never reaches the database.
    expect(new Set(lookedUp)).toEqual(new Set(['nobody']));
  });

  it.each([
    ['no body', {}],
    ['an empty JSON body', { headers: { 'content-type': 'application/json' } }],
    ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"a":1}' }],
    ['a form', { body: new URLSearchParams({ a: '1' }) }],
    ['text', { body: 'hello' }],
    ['bytes of no type', { body: new Uint8Array([0, 1, 2]) }],
    ['an unknown type', { headers: { 'content-type': 'application/x-thing' }, body: 'x' }],
  ])('takes a payment with %s', async (_what, init) => {
    const orderId = newOrderId();
    await openTrade(orderId);
    const answer = await payRoute(orderId, init);
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
  });

  it('answers with a trailing slash too', async () => {
    const orderId = newOrderId();
    await openTrade(orderId);
    expect((await cashier(`${orderId}/`)).status).toBe(200);
    const init = { method: 'POST', headers: { 'content-type': 'application/x-thing' }, body: 'x' };
    expect((await fetch(`${sandbox.url}/sandbox/payments/${orderId}/pay/`, init)).status).toBe(204);
  });
});

it('pays once when two buyers press together', async () => {
  sandbox = await startSandbox();
  const inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  const orderId = newOrderId();
  await openTrade(orderId, {}, { notify_url: inbox.url });
  const answers = await Promise.all(Array.from({ length: 10 }, () => payRoute(orderId)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  await inbox.next();
  await sandbox.close();
  expect(inbox.unread).toBe(0);
});
