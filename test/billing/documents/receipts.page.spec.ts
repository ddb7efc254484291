/**
 * The built service's receipt in a real browser. It needs Chromium at /usr/bin/chromium: `apt-get install chromium` on Debian, then
 * `npm run test:pages`.
 */
import type { Browser } from 'playwright-core';
import { buy, register, untilPayment } from '../../support/app.js';
import { newPage, overflowOf, startBrowser, type WatchedPage } from '../../support/browser.js';
import { startBuiltApp, type BuiltApp } from '../../support/built-app.js';

jest.setTimeout(120_000);

let browser: Browser;
let app: BuiltApp;
let address: string;
let authorization: string;

beforeAll(async () => {
  [browser, app] = await Promise.all([
    startBrowser(),
    startBuiltApp({ SELLER_NAME: '杭州示例医疗影像科技有限公司' }),
  ]);
  const buyer = await register(app, `somebody.with.a.long.address.${'x'.repeat(30)}`);
  await buyer.call('PUT', '/users/me', { body: { displayName: '李伟' } });
  const orderId = await buy(app, buyer, 'alipay');
  await app.administrator.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '9.00' } });
  await untilPayment(app, orderId, 'partially_refunded');
  address = `${app.url}/payments/${orderId}/receipt`;
  authorization = `Bearer ${buyer.token}`;
});

afterAll(async () => {
  await browser.close();
  await app.close();
});

async function open(locale: string, width: number): Promise<WatchedPage> {
  const watched = await newPage(browser, { locale, width, headers: { authorization } });
  await watched.page.goto(address);
  return watched;
}

it.each([
  ['zh-CN', 360, '收据', '−9.00 元'],
  ['zh-CN', 1280, '收据', '−9.00 元'],
  ['en-GB', 320, 'Receipt', '−CNY 9.00'],
  ['en-GB', 1280, 'Receipt', '−CNY 9.00'],
])('is styled and within the screen’s width in %s at %i pixels', async (locale, width, title, refund) => {
  const { page, complaints } = await open(locale, width);
  expect(await page.getByRole('heading', { name: title }).isVisible()).toBe(true);
  expect(await page.getByText(refund).isVisible()).toBe(true);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(await page.locator('dl').evaluate((list) => getComputedStyle(list).display)).toBe('grid');
  expect(complaints).toEqual([]);
  await page.close();
});

it('is printed on one sheet', async () => {
  const { page } = await open('zh-CN', 1280);
  const printed = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(printed.match(/\/Type \/Page\b/g)).toHaveLength(1);
  await page.close();
});
