import { extractText, getMeta } from 'unpdf';
import {
  administrator,
  order,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../../support/app.js';
import { buyThrough, startFakeApp, type FakeApp } from '../../support/fake-app.js';

describe('the receipt of a payment', () => {
  let app: FakeApp;
  let admin: Person;
  let buyer: Person;
  let orderId: string;

  beforeAll(async () => {
    app = await startFakeApp({ options: { sellerName: '杭州示例科技有限公司' } });
    app.clock.to('2027-01-31T16:30:00Z');
    admin = await administrator(app);
    buyer = await register(app, 'reader');
    await buyer.call('PUT', '/users/me', { body: { displayName: '李伟 <b>&"' } });
    orderId = await buyThrough(app, buyer, 'north');
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '9.00' } });
    app.north.refundAnswers.push({ outcome: 'pending', reason: 'PROCESSING' });
    await admin.call('POST', `/payments/${orderId}/refunds`, { body: { amount: '5.00' } });
  });
  afterAll(() => app.close());

  const page = (language: string, person = buyer) =>
    person.call('GET', `/payments/${orderId}/receipt`, { headers: { 'accept-language': language } });
  const pdf = async (language: string) => {
    const response = await fetch(`${app.url}/payments/${orderId}/receipt.pdf`, {
      headers: { authorization: `Bearer ${buyer.token}`, 'accept-language': language },
    });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    return new Uint8Array(await response.arrayBuffer());
  };
  const facts = async () => {
    const rows = await app.sql('SELECT * FROM commercial.orders WHERE order_id = $1', [orderId]);
    return [orderId, '杭州示例科技有限公司', 'reader@example.com', rows[0].provider_trade_no];
  };

  it('is a page in Chinese with the time in Beijing and the refund', async () => {
    const { status, headers, body } = await page('zh-CN');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    const amounts = ['99.00 元', '−9.00 元', '退款处理中', '−5.00 元', '90.00 元'];
    for (const text of [...(await facts()), '收据', ...amounts, '2027-02-01 00:30'])
      expect(body).toContain(text);
  });

  it('is a page in English', async () => {
    const { body } = await page('en');
    const amounts = ['CNY 99.00', '−CNY 9.00', 'Refund in progress', '−CNY 5.00', 'CNY 90.00'];
    for (const text of [...(await facts()), 'Receipt', ...amounts, 'Beijing time'])
      expect(body).toContain(text);
  });

  it('puts no markup of anybody’s name into the page', async () => {
    const { body } = await page('zh-CN');
    expect(body).toContain('李伟 &lt;b&gt;&amp;&quot;');
    expect(body).not.toContain('<b>');
  });

  it.each(['zh-CN', 'en'])('is a PDF whose text can be read (%s)', async (language) => {
    const bytes = await pdf(language);
    const { text } = await extractText(bytes.slice(), { mergePages: true });
    const spaceless = text.replaceAll(/\s/g, '');
    const own =
      language === 'en' ? ['Receipt', 'CNY99.00', '−CNY9.00'] : ['收据', '北京时间', '99.00元', '−9.00元'];
    for (const fact of [...(await facts()), ...own, '李伟<b>&"'])
      expect(spaceless).toContain(fact.replaceAll(' ', ''));
    expect((await getMeta(bytes.slice())).info.Title).toBe(language === 'en' ? 'Receipt' : '收据');
    // The font alone has 2.4 MB: only the characters that are used go in.
    expect(bytes.length).toBeLessThan(40_000);
  });

  it('is the buyer’s and the administrator’s', async () => {
    const other = await register(app, 'stranger');
    expect((await page('en', other)).status).toBe(404);
    expect((await page('en', admin)).status).toBe(200);
  });

  describe('that nobody paid', () => {
    let unpaid: CommercialApp;
    beforeAll(async () => {
      unpaid = await startApp();
    });
    afterAll(() => unpaid.close());

    it.each(['receipt', 'receipt.pdf'])('isn’t there: %s', async (name) => {
      const person = await register(unpaid, name.replace('.', ''));
      const { orderId: pending } = await order(person, 'alipay');
      const { status, body } = await person.call('GET', `/payments/${pending}/${name}`);
      expect([status, body.code]).toEqual([409, 'PAYMENT_NOT_PAID']);
    });
  });
});
