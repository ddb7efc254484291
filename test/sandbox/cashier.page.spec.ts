/**
 * The built service's cashier in a real browser. It needs Chromium at /usr/bin/chromium: `apt-get install chromium` on Debian, then
 * `npm run test:pages`.
 */
import type { Browser } from 'playwright-core';
import { order, register, untilPayment, type Person } from '../support/app.js';
import { newPage, overflowOf, startBrowser } from '../support/browser.js';
import { startBuiltApp, type BuiltApp } from '../support/built-app.js';
import { stubServer, type StubServer } from '../support/stub-server.js';

jest.setTimeout(120_000);

const PLAN = {
  code: 'odd',
  name: '专业版<b>不是标签</b>',
  description: '',
  price: '99.00',
  billingCycle: 'monthly',
  quotas: [{ quotaType: 'processing_count', quotaLimit: 100 }],
};

let browser: Browser;
let app: BuiltApp;
let shop: StubServer;
let buyer: Person;

beforeAll(async () => {
  [browser, app, shop] = await Promise.all([
    startBrowser(),
    startBuiltApp(),
    stubServer(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: 'the shop' })),
  ]);
  const made = await app.administrator.call('POST', '/admin/plans', { body: PLAN });
  expect(made).toMatchObject({ status: 201 });
  buyer = await register(app, 'buyer');
});

afterAll(async () => {
  await browser.close();
  await app.close();
  await shop.close();
});

it('takes an Alipay payment and leads back to the merchant', async () => {
  const { page, complaints } = await newPage(browser, { locale: 'en-GB', width: 1280 });
  const body = { planCode: PLAN.code, provider: 'alipay', returnUrl: shop.origin };
  const { orderId, paymentUrl } = (await buyer.call('POST', '/subscriptions', { body })).body.payment;
  await page.goto(paymentUrl);
  expect(page.url()).toBe(`${app.url}/sandbox/cashier/${orderId}`);
  expect(await page.getByText('¥99.00').isVisible()).toBe(true);
  expect(await page.getByText('<b>不是标签</b>').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByText('Paid', { exact: true }).waitFor();
  await untilPayment(app, orderId, 'paid');
  await page.getByRole('link', { name: 'Back to the merchant' }).click();
  await page.waitForURL((url) => url.href.startsWith(shop.origin));
  expect(new URL(page.url()).searchParams.get('out_trade_no')).toBe(orderId);
  expect(complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([]);
  await page.close();
});

it('shows WeChat Pay’s code on a phone, in Chinese, within the screen’s width', async () => {
  const { page, complaints } = await newPage(browser, { locale: 'zh-CN', width: 360 });
  const { orderId, qrCode } = await order(buyer, 'wechat', 'enterprise');
  await page.goto(qrCode);
  expect(await page.getByText('微信支付 · 收银台').isVisible()).toBe(true);
  const box = await page.locator('.code svg').boundingBox();
  expect(box?.width).toBeGreaterThan(150);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: '立即支付' }).click();
  await page.getByText('支付成功').waitFor();
  await untilPayment(app, orderId, 'paid');
  expect(complaints).toEqual([]);
  await page.close();
});
