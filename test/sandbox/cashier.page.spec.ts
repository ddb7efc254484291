/**
 * The cashier in a real browser. It needs Chromium at /usr/bin/chromium: `apt-get install chromium` on Debian, then `npm run test:pages`.
 */
import { Wechatpay } from 'wechatpay-axios-plugin';
import type { Browser } from 'playwright-core';
import { AlipaySdk } from 'alipay-sdk';
import {
  MerchantEndpoint,
  newOrderId,
  startSandbox,
  stopEverything,
  type RunningSandbox,
} from '../support/sandbox-harness.js';
import { newPage, overflowOf, startBrowser } from '../support/browser.js';

let browser: Browser;
let sandbox: RunningSandbox;
let shop: MerchantEndpoint;

beforeAll(async () => {
  browser = await startBrowser();
  sandbox = await startSandbox();
  shop = await MerchantEndpoint.start({ status: 200, body: 'success' });
});

afterAll(async () => {
  await browser.close();
  await stopEverything();
});

function alipayLink(orderId: string): string {
  const sdk = new AlipaySdk({
    ...sandbox.keys.merchant.alipay,
    keyType: 'PKCS8',
    gateway: `${sandbox.url}/sandbox/alipay/gateway.do`,
  });
  return sdk.pageExecute('alipay.trade.page.pay', 'GET', {
    notifyUrl: shop.url,
    returnUrl: shop.url,
    bizContent: {
      out_trade_no: orderId,
      total_amount: '99.00',
      subject: '专业版（月付）<b>不是标签</b>',
      product_code: 'FAST_INSTANT_TRADE_PAY',
    },
  });
}

async function wechatCode(orderId: string): Promise<string> {
  const { wechat } = sandbox.keys.merchant;
  const sdk: { v3: Record<string, any> } = new Wechatpay({
    mchid: wechat.mchId,
    serial: wechat.merchantSerial,
    privateKey: wechat.privateKey,
    certs: { [wechat.publicKey.id]: wechat.publicKey.pem },
    baseURL: `${sandbox.url}/sandbox/wechat/`,
    proxy: false,
  } as never) as never;
  const made: { data: { code_url: string } } = await sdk.v3.pay.transactions.native.post({
    appid: wechat.appId,
    mchid: wechat.mchId,
    description: '企业版 年付',
    out_trade_no: orderId,
    notify_url: shop.url,
    amount: { total: 49900, currency: 'CNY' },
  });
  return made.data.code_url;
}

it('takes an Alipay payment and leads back to the merchant', async () => {
  const { page, complaints } = await newPage(browser, { locale: 'en-GB', width: 1280 });
  const orderId = newOrderId();
  await page.goto(alipayLink(orderId));
  expect(page.url()).toBe(`${sandbox.url}/sandbox/cashier/${orderId}`);
  expect(await page.getByText('¥99.00').isVisible()).toBe(true);
  expect(await page.getByText('<b>不是标签</b>').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByText('Paid', { exact: true }).waitFor();
  expect((await shop.next()).body).toContain('trade_status=TRADE_SUCCESS');
  await page.getByRole('link', { name: 'Back to the merchant' }).click();
  await page.waitForURL((url) => url.href.startsWith(shop.url));
  expect(new URL(page.url()).searchParams.get('out_trade_no')).toBe(orderId);
  expect(complaints).toEqual([]);
  await page.close();
});

it('shows WeChat Pay’s code on a phone, in Chinese, within the screen’s width', async () => {
  const { page, complaints } = await newPage(browser, { locale: 'zh-CN', width: 360 });
  await page.goto(await wechatCode(newOrderId()));
  expect(await page.getByText('微信支付 · 收银台').isVisible()).toBe(true);
  const box = await page.locator('.code svg').boundingBox();
  expect(box?.width).toBeGreaterThan(150);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: '立即支付' }).click();
  await page.getByText('支付成功').waitFor();
  await shop.next();
  expect(complaints).toEqual([]);
  await page.close();
});
