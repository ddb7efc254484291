/**
 * The built portal in a real browser. It needs Chromium at /usr/bin/chromium: `apt-get install chromium` on Debian, then
 * `npm run test:pages`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import jsqr from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { consume, order, PASSWORD, register, untilPayment, type Person } from '../support/app.js';
import { newPage, overflowOf, startBrowser, type WatchedPage } from '../support/browser.js';
import { startBuiltApp, type BuiltApp } from '../support/built-app.js';

jest.setTimeout(180_000);

const PAGES = 'dist/pages/portal';
const MOST_FIRST_LOAD_BYTES = 180_000;

let browser: Browser;
let app: BuiltApp;
let people = 0;

beforeAll(async () => {
  [browser, app] = await Promise.all([startBrowser(), startBuiltApp()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

interface Visit extends WatchedPage {
  person: Person;
  go(path: string): Promise<void>;
}

/** Somebody with an account, signed in. */
async function visit({ locale = 'zh-CN', width = 1280 } = {}): Promise<Visit> {
  const person = await register(app, `portal${(people += 1)}`);
  const watched = await newPage(browser, { locale, width });
  const { page } = watched;
  await page.goto(`${app.url}/portal`);
  await page.getByTestId('email').fill(person.email);
  await page.getByTestId('password').fill(PASSWORD);
  await page.getByTestId('submit').click();
  await page.getByTestId('plan-name').waitFor();
  return { ...watched, person, go: async (path) => void (await page.goto(`${app.url}/portal${path}`)) };
}

/** What the browser complains of, but for answers of 404 that a page knows how to take: no agreement is one. */
const complaintsOf = ({ complaints }: WatchedPage) =>
  complaints.filter((complaint) => !complaint.includes('status of 404'));

const numberOf = async (page: Page, testId: string) =>
  Number(await page.getByTestId(testId).first().innerText());

async function choosePro(page: Page): Promise<string> {
  await page.getByTestId('choose-pro').click();
  expect(await page.getByTestId('preview-total').innerText()).toBe('¥99.00');
  await page.getByTestId('confirm').click();
  await page.waitForURL(/\/checkout\/[0-9A-Za-z]{32}$/);
  return page.url().split('/').at(-1)!;
}

async function payOrder(orderId: string): Promise<void> {
  await app.call('GET', `/sandbox/cashier/${orderId}`);
  expect((await app.call('POST', `/sandbox/payments/${orderId}/pay`)).status).toBe(204);
  await untilPayment(app, orderId, 'paid');
}

it('registers only who has agreed, and keeps the session out of reach of scripts', async () => {
  const watched = await newPage(browser, { locale: 'zh-CN', width: 1280 });
  const { page } = watched;
  await page.goto(`${app.url}/portal/sign-up`);
  await page.getByTestId('email').fill('new@example.com');
  await page.getByTestId('password').fill(PASSWORD);
  await page.getByTestId('submit').click();
  await page.getByRole('alert').waitFor();
  expect(page.url()).toContain('/sign-up');
  expect(await page.getByTestId('agree').isChecked()).toBe(false);
  await page.getByTestId('agree').check();
  await page.getByTestId('submit').click();
  await page.getByTestId('plan-name').waitFor();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(
    /irt_|eyJ/,
  );
  await page.reload();
  await page.getByTestId('plan-name').waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByTestId('password').waitFor();
  await page.goto(`${app.url}/portal/plans`);
  await page.getByTestId('password').waitFor();
  expect(new URL(page.url()).searchParams.get('next')).toBe('/plans');
  expect(complaintsOf(watched)).toEqual([]);
  await page.close();
});

/** What a phone reads off the screen. */
async function decoded(page: Page): Promise<string | undefined> {
  await page.locator('[data-testid="qr"] svg').waitFor();
  const picture = (await page.getByTestId('qr').screenshot()).toString('base64');
  // In a page of its own: the portal's policy would not let the picture in.
  const blank = await browser.newPage();
  const { data, width, height } = await blank.evaluate(async (source) => {
    const image = new (globalThis as any).Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new (globalThis as any).OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height).data;
    return { data: [...pixels] as number[], width: image.width, height: image.height };
  }, picture);
  await blank.close();
  return (jsqr as any)(new Uint8ClampedArray(data), width, height)?.data;
}

it('leads from the plan to its payment once, and shows what is there then', async () => {
  const visitor = await visit();
  const { page, person, go } = visitor;
  expect(await numberOf(page, 'quota-limit')).toBe(10);
  await go('/plans');
  await page.getByTestId('choose-pro').click();
  await page.getByTestId('preview-total').waitFor();
  await page.getByTestId('confirm').dblclick();
  await page.waitForURL(/\/checkout\//);
  const first = page.url().split('/').at(-1)!;
  expect((await person.call('GET', '/payments')).body.items).toHaveLength(1);
  expect(await page.getByTestId('qr').getAttribute('data-content')).toContain(first);
  expect(await decoded(page)).toBe((await person.call('GET', `/payments/${first}`)).body.qrCode);
  await page.getByTestId('countdown').waitFor();
  await page.reload();
  await page.getByTestId('qr').waitFor();

  await page.locator('label:has([data-testid="channel-wechat"])').click();
  await page.waitForURL((url) => !url.href.includes(first));
  const orderId = page.url().split('/').at(-1)!;
  await page.getByTestId('qr').waitFor();
  await untilPayment(app, first, 'closed');
  await payOrder(orderId);
  await page.getByTestId('paid').waitFor();

  for (const cost of [5, 7])
    expect((await consume(person, { cost, resourceId: '研究 𠮷' })).status).toBe(200);
  await go('');
  expect(await page.getByTestId('plan-name').innerText()).toBe('专业版');
  expect(await numberOf(page, 'quota-limit')).toBe(100);
  expect(await numberOf(page, 'quota-remaining')).toBe(88);
  await page.getByTestId('usage-plot').waitFor();

  await go('/usage');
  await page.getByTestId('usage-row').first().waitFor();
  expect(await page.getByTestId('usage-row').count()).toBe(2);
  const summary = (await person.call('GET', '/usage/summary?groupBy=day')).body.items;
  const plotted = await page.getByTestId('usage-plot').getAttribute('aria-label');
  for (const { key, cost } of summary) expect(plotted).toContain(`${key} ${cost}`);

  await go('/payments');
  await page.getByTestId('payment-row').first().waitFor();
  expect(await page.getByTestId('payment-row').count()).toBe(2);
  await go(`/payments/${orderId}`);
  const download = page.waitForEvent('download');
  await page.getByTestId('receipt').click();
  expect((await download).suggestedFilename()).toBe(`${orderId}.pdf`);
  expect(complaintsOf(visitor)).toEqual([]);
  await page.close();
});

it('cancels in as few steps as it sells, and takes it back', async () => {
  const visitor = await visit();
  const { page, go } = visitor;
  await go('/plans');
  await payOrder(await choosePro(page));
  await page.getByTestId('paid').waitFor();
  await go('/subscription');
  await page.getByTestId('period-end').waitFor();
  await page.getByTestId('cancel').click();
  await page.getByTestId('confirm').click();
  await page.getByTestId('resume').click();
  await page.getByTestId('cancel').waitFor();
  await page.getByTestId('renew').click();
  expect(await page.getByTestId('preview-total').innerText()).toBe('¥99.00');
  await page.keyboard.press('Escape');
  await page.getByTestId('preview-total').waitFor({ state: 'detached' });
  expect(complaintsOf(visitor)).toEqual([]);
  await page.close();
});

it('shows a key once, and takes it away', async () => {
  const visitor = await visit({ locale: 'en' });
  const { page, go } = visitor;
  await go('/api-keys');
  await page.getByTestId('create-key').click();
  await page.getByLabel('Name').fill('PACS');
  await page.getByTestId('confirm').click();
  const apiKey = await page.getByTestId('key-secret').innerText();
  expect((await app.call('GET', '/quota', { apiKey })).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByTestId('key-row').waitFor();
  expect(await page.content()).not.toContain(apiKey);
  await page.getByTestId('revoke').click();
  await page.getByTestId('confirm').click();
  await page.getByTestId('key-row').waitFor({ state: 'detached' });
  expect((await app.call('GET', '/quota', { apiKey })).status).toBe(401);
  expect(complaintsOf(visitor)).toEqual([]);
  await page.close();
});

it('opens by a host’s link once, without a password, for what it is for', async () => {
  const person = await register(app, `portal${(people += 1)}`);
  await payOrder((await order(person, 'alipay')).orderId);
  const body = { flow: 'cancel', returnUrl: 'https://host.example.com/account' };
  const { url } = (await person.call('POST', '/portal-sessions', { body })).body;
  const visitor = await newPage(browser, { locale: 'en', width: 1280 });
  const { page } = visitor;
  await page.goto(url);
  await page.getByTestId('confirm').waitFor();
  expect(page.url()).not.toContain('ipl_');
  await page.getByTestId('confirm').click();
  await page.getByTestId('resume').waitFor();
  await page.reload();
  await page.getByTestId('period-end').waitFor();
  expect(await page.getByTestId('return').getAttribute('href')).toBe(body.returnUrl);
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Orders and receipts' }).count()).toBe(1);
  const second = await newPage(browser, { locale: 'en', width: 360 });
  await second.page.goto(url);
  expect(await second.page.getByRole('alert').innerText()).toContain('already used');
  expect(complaintsOf(visitor)).toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByTestId('submit').waitFor();
  await Promise.all([page.close(), second.page.close()]);
});

it('finds an order that was paid elsewhere, in every tab and after a lost network', async () => {
  const { page, person, go } = await visit({ locale: 'en' });
  await go('/plans');
  const orderId = await choosePro(page);
  await page.getByTestId('qr').waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByTestId('qr').waitFor();
  await page.getByRole('button', { name: 'I have paid' }).click();
  await page.getByText('No payment received yet').waitFor();
  await page.context().setOffline(true);
  await payOrder(orderId);
  await page.getByText('cannot be checked at the moment').waitFor();
  await page.context().setOffline(false);
  await Promise.all([page.getByTestId('paid').waitFor(), other.getByTestId('paid').waitFor()]);
  await other.close();
  await page.goBack();
  await go(`/checkout/${orderId}`);
  await page.getByTestId('paid').waitFor();
  expect((await person.call('GET', '/payments')).body.items).toHaveLength(1);
  await page.close();
});

it('sells a top-up, and takes a request for its fapiao', async () => {
  const pack = {
    code: `pack${people}`,
    name: 'Pack',
    quotaType: 'processing_count',
    amount: 50,
    price: '30.00',
    validDays: 90,
  };
  expect((await app.administrator.call('POST', '/admin/topups', { body: pack })).status).toBe(201);
  const visitor = await visit({ locale: 'en', width: 360 });
  const { page, person, go } = visitor;
  await go('/plans');
  await payOrder(await choosePro(page));
  await go('/top-ups');
  await page.getByTestId(`choose-${pack.code}`).click();
  expect(await page.getByTestId('preview-total').innerText()).toBe('¥30.00');
  await page.getByTestId('confirm').click();
  await page.waitForURL(/\/checkout\/[0-9A-Za-z]{32}$/);
  const orderId = page.url().split('/').at(-1)!;
  await payOrder(orderId);
  await page.getByTestId('paid').waitFor();
  await go('/top-ups');
  await page.getByTestId('balance-row').getByText('150').first().waitFor();
  expect((await person.call('GET', '/quota')).body.items[0].remaining).toBe(150);

  await go('/invoices');
  await page.getByTestId('fapiao-request').first().click();
  await page.getByLabel('Title', { exact: true }).fill('Hangzhou Clinic');
  await page.getByLabel('Taxpayer').fill('91330000X');
  await page.getByLabel('Send to').fill('books@example.com');
  await page.getByTestId('confirm').click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Taxpayer').fill('91330100799655058B');
  await page.getByTestId('confirm').click();
  await page.getByTestId('fapiao-withdraw').click();
  await page.getByTestId('confirm').click();
  await page.getByText('Withdrawn').waitFor();
  await page.close();
});

it('makes an organization, and invites to it', async () => {
  const visitor = await visit({ locale: 'en' });
  const { page, person, go } = visitor;
  await app.sql('UPDATE commercial.users SET email_verified_at = now() WHERE id = $1', [person.id]);
  await go('/organization');
  await page.getByTestId('create-organization').click();
  await page.getByLabel('Name of the organization').fill('Clinic');
  await page.getByTestId('confirm').click();
  await page.getByTestId('member-row').waitFor();
  await page.getByTestId('invite').click();
  await page.getByTestId('invite-email').fill('colleague@example.com');
  await page.getByTestId('confirm').click();
  await page.getByTestId('invitation-row').getByText('colleague@example.com').first().waitFor();
  expect(complaintsOf(visitor)).toEqual([]);
  await page.close();
});

it('changes the password, shows the sessions, exports and erases', async () => {
  const visitor = await visit({ locale: 'en' });
  const { page, person, go } = visitor;
  const fresh = `${PASSWORD} and more`;
  await go('/security');
  await page.getByTestId('session-row').first().waitFor();
  expect(await page.getByTestId('session-row').count()).toBe(2);
  await page.getByTestId('current-password').fill(PASSWORD);
  await page.getByTestId('new-password').fill(fresh);
  await page.getByTestId('change-password').click();
  await page.getByText('Your password is changed').waitFor();
  await page.getByTestId('session-row').nth(1).waitFor({ state: 'detached' });
  await page.getByTestId('security-row').first().waitFor();
  await go('/privacy');
  const download = page.waitForEvent('download');
  await page.getByTestId('export').click();
  expect((await download).suggestedFilename()).toMatch(/^personal-data-.*\.json$/);
  await page.getByTestId('erase').click();
  await page.getByTestId('password').fill(fresh);
  await page.getByTestId('confirm').click();
  await page.getByText('Your account and your personal data are deleted').waitFor();
  const login = { body: { email: person.email, password: fresh } };
  expect((await app.call('POST', '/auth/login', login)).status).toBe(401);
  await page.close();
});

it('says what the service refuses, in the language of the page', async () => {
  for (const [locale, words] of [
    ['en', 'password is wrong'],
    ['zh-CN', '密码错误'],
  ] as const) {
    const { page } = await newPage(browser, { locale, width: 360 });
    await page.goto(`${app.url}/portal/sign-in`);
    await page.getByTestId('email').fill('nobody@example.com');
    await page.getByTestId('password').fill('wrong horse battery staple');
    await page.getByTestId('submit').click();
    expect(await page.getByRole('alert').innerText()).toContain(words);
    await page.close();
  }
});

describe.each([
  { locale: 'zh-CN', width: 1280 },
  { locale: 'en', width: 360 },
])('every page, $locale at $width px', ({ locale, width }) => {
  it('fits, and has no serious finding of axe', async () => {
    const { page, go, person } = await visit({ locale, width });
    await go('/plans');
    const orderId = await choosePro(page);
    await page.getByTestId('channel-alipay').waitFor();
    const findings = await faultsOf(page, 'checkout');
    await payOrder(orderId);
    await consume(person, { cost: 3 });
    const paths: [string, string][] = [
      ['', 'usage-plot'],
      ['/plans', 'choose-enterprise'],
      ['/subscription', 'agreement'],
      ['/usage', 'usage-row'],
      ['/payments', 'payment-row'],
      [`/payments/${orderId}`, 'receipt'],
      ['/api-keys', 'create-key'],
      ['/top-ups', 'balance-row'],
      ['/invoices', 'fapiao-request'],
      ['/organization', 'create-organization'],
      ['/security', 'session-row'],
      ['/privacy', 'export'],
    ];
    for (const [path, testId] of paths) {
      await go(path);
      await page.getByTestId(testId).first().waitFor();
      findings.push(...(await faultsOf(page, path)));
    }
    await page.context().clearCookies();
    for (const path of ['/sign-in', '/sign-up', '/reset-password']) {
      await go(path);
      await page.getByTestId('submit').waitFor();
      findings.push(...(await faultsOf(page, path)));
    }
    for (const path of ['/verify-email', '/accept-invitation', '/link', '/nowhere']) {
      await go(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      findings.push(...(await faultsOf(page, path)));
    }
    expect(findings).toEqual([]);
    await page.close();
  });
});

async function faultsOf(page: Page, name: string): Promise<string[]> {
  // By the debugger, which the page's policy doesn't bind.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run(document);
    return violations
      .filter(({ impact }: any) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: any) => `${id}: ${nodes[0].html}`);
  });
  const overflow = await overflowOf(page);
  const faults = overflow > 0 ? [...found, `wider than its window by ${overflow} px`] : found;
  return faults.map((fault: string) => `${name}: ${fault}`);
}

it('is sent with its policy, and its files for good', async () => {
  const page = await fetch(`${app.url}/portal/any/deep/link`);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=/);
  const script = /src="(\/portal\/assets\/[^"]+)"/.exec(html)![1]!;
  const file = await fetch(app.url + script, { headers: { 'accept-encoding': 'br' } });
  expect(file.headers.get('content-encoding')).toBe('br');
  expect(file.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${app.url}/portal/assets/..%2findex.html`)).status).toBe(404);
  expect((await fetch(`${app.url}/portal/assets/missing.js`)).status).toBe(404);
});

it('loads within its budget', async () => {
  const { page } = await newPage(browser, { locale: 'zh-CN', width: 1280 });
  const loaded = new Set<string>();
  page.on('response', (response) => {
    const name = /\/assets\/([^/?]+)$/.exec(response.url())?.[1];
    if (name) loaded.add(name);
  });
  await page.goto(`${app.url}/portal/sign-in`, { waitUntil: 'networkidle' });
  const known = readdirSync(join(PAGES, 'assets'));
  const files = [
    'index.html',
    ...[...loaded].filter((name) => known.includes(name)).map((name) => `assets/${name}`),
  ];
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(PAGES, name))).length, 0);
  console.log(
    `portal, first load: ${bytes} bytes gzipped in ${files.length} files, of at most ${MOST_FIRST_LOAD_BYTES}`,
  );
  expect(bytes).toBeLessThanOrEqual(MOST_FIRST_LOAD_BYTES);
  await page.close();
});
