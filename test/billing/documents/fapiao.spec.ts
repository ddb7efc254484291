import { parse } from 'csv-parse/sync';
import { administrator, register, type Person } from '../../support/app.js';
import { buyThrough, orderThrough, startFakeApp, type FakeApp } from '../../support/fake-app.js';
import { fieldsAtFault, statuses } from '../../support/http-client.js';
import { expectInvariants } from '../../support/invariants.js';

const NUMBER = '24117000000012345678';
const RED = '24117000000012345679';
const COMPANY = {
  kind: 'company',
  title: '北京示例医院',
  taxNumber: '91330100799655058B',
  email: 'finance@example.com',
};

describe('fapiao', () => {
  let app: FakeApp;
  let admin: Person;
  let buyer: Person;
  let orderId: string;
  let people = 0;

  beforeAll(async () => {
    app = await startFakeApp();
    admin = await administrator(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    buyer = await register(app, `invoiced${(people += 1)}`);
    orderId = await buyThrough(app, buyer, 'north');
  });
  afterEach(() => expectInvariants(app.dataSource));

  const ask = (body: object = COMPANY) => buyer.call('POST', `/payments/${orderId}/fapiao`, { body });
  const show = async () => (await buyer.call('GET', `/payments/${orderId}/fapiao`)).body;
  const decide = (id: string, what: string, body: object) =>
    admin.call('POST', `/admin/fapiao/${id}/${what}`, { body });
  const refund = (amount?: string) =>
    admin.call('POST', `/payments/${orderId}/refunds`, { body: amount === undefined ? {} : { amount } });

  it('is requested, issued under its number, and seen by both', async () => {
    const { status, body } = await ask();
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...COMPANY, orderId, amount: '99.00', status: 'requested', number: null });
    const waiting = await admin.call('GET', '/admin/fapiao?status=requested');
    expect(waiting.body.items.map((item: { id: string }) => item.id)).toContain(body.id);
    const issued = await decide(body.id, 'issue', { number: NUMBER });
    expect(issued.body).toMatchObject({ status: 'issued', number: NUMBER });
    expect(await show()).toEqual(issued.body);
    const log = await admin.call('GET', `/admin/audit?subjectId=${body.id}`);
    expect(log.body.items.map((entry: { action: string }) => entry.action)).toEqual([
      'fapiao.issued',
      'fapiao.requested',
    ]);
    expect(JSON.stringify(log.body)).not.toContain(COMPANY.taxNumber);
  });

  it('is asked for by nobody in another’s name, an administrator included', async () => {
    const path = `/payments/${orderId}/fapiao`;
    expect((await admin.call('POST', path, { body: COMPANY })).status).toBe(404);
    await ask();
    expect((await admin.call('POST', `${path}/withdraw`)).status).toBe(404);
    expect((await admin.call('GET', path)).body.status).toBe('requested');
  });

  it('for a person needs no tax number, for a company it does', async () => {
    const { taxNumber: _, ...unnumbered } = COMPANY;
    expect(fieldsAtFault(await ask(unnumbered))).toEqual(['taxNumber']);
    expect((await ask({ kind: 'personal', title: '李伟', email: 'wei@example.com' })).status).toBe(201);
  });

  it.each([
    ['a wrong check character', { taxNumber: '91330100799655058C' }, 'taxNumber'],
    ['a tax number of 15 digits', { taxNumber: '330100799655058' }, 'taxNumber'],
    ['no address', { email: 'finance' }, 'email'],
    ['an empty title', { title: '' }, 'title'],
    ['a title of two lines', { title: 'a\nb' }, 'title'],
    ['another kind', { kind: 'church' }, 'kind'],
  ])('refuses %s', async (_, change, field) => {
    expect(fieldsAtFault(await ask({ ...COMPANY, ...change }))).toEqual([field]);
  });

  it('takes the tax number in lower case and with spaces around it', async () => {
    expect((await ask({ ...COMPANY, taxNumber: ' 91330100799655058b ' })).body.taxNumber).toBe(
      COMPANY.taxNumber,
    );
  });

  it('is there once for each payment, however many ask at once', async () => {
    expect(statuses(await Promise.all(Array.from({ length: 8 }, () => ask())))).toEqual({ 201: 1, 409: 7 });
  });

  it('is not for an order that nobody paid, nor for one whose money went back', async () => {
    const other = await register(app, `unpaid${people}`);
    const path = `/payments/${await orderThrough(other, 'north')}/fapiao`;
    expect((await other.call('POST', path, { body: COMPANY })).body.code).toBe('PAYMENT_NOT_PAID');
    await refund();
    expect((await ask()).body.code).toBe('PAYMENT_NOT_PAID');
    expect((await buyer.call('GET', `/payments/${orderId}/fapiao`)).status).toBe(404);
  });

  it('that was turned down can be asked for again', async () => {
    const { id } = (await ask()).body;
    await decide(id, 'reject', { reason: '抬头与税号不符' });
    expect(await show()).toMatchObject({ status: 'rejected', reason: '抬头与税号不符' });
    expect((await ask()).status).toBe(201);
  });

  it('can be withdrawn until it is dealt with', async () => {
    await ask();
    const withdraw = () => buyer.call('POST', `/payments/${orderId}/fapiao/withdraw`);
    expect((await withdraw()).body.status).toBe('withdrawn');
    expect((await withdraw()).body.code).toBe('FAPIAO_NOT_IN_STATE');
    const { id } = (await ask()).body;
    await decide(id, 'issue', { number: NUMBER });
    expect((await withdraw()).body.code).toBe('FAPIAO_NOT_IN_STATE');
  });

  it('moves only as its table says', async () => {
    const { id } = (await ask()).body;
    expect((await decide(id, 'red-letter', { number: RED })).body.code).toBe('FAPIAO_NOT_IN_STATE');
    expect(fieldsAtFault(await decide(id, 'issue', { number: '12' }))).toEqual(['number']);
    await decide(id, 'issue', { number: NUMBER });
    expect((await decide(id, 'reject', { reason: 'late' })).body.code).toBe('FAPIAO_NOT_IN_STATE');
    expect((await decide(id, 'issue', { number: RED })).body.code).toBe('FAPIAO_NOT_IN_STATE');
  });

  it('wants a red-letter one after a refund, and then may be asked for over the rest', async () => {
    const { id } = (await ask()).body;
    await decide(id, 'issue', { number: NUMBER });
    await refund('9.00');
    expect(await show()).toMatchObject({ status: 'red_letter_due', number: NUMBER });
    expect((await ask()).body.code).toBe('FAPIAO_ALREADY_REQUESTED');
    expect((await decide(id, 'red-letter', { number: RED })).body).toMatchObject({
      status: 'red_issued',
      redNumber: RED,
    });
    expect((await ask()).body).toMatchObject({ status: 'requested', amount: '90.00' });
  });

  it('that isn’t issued yet is over less after a partial refund, and withdrawn after a full one', async () => {
    await ask();
    await refund('9.00');
    expect(await show()).toMatchObject({ status: 'requested', amount: '90.00' });
    await refund();
    expect((await show()).status).toBe('withdrawn');
  });

  it('never is over money that went back, when the refund and the issue meet', async () => {
    const { id } = (await ask()).body;
    await Promise.all([decide(id, 'issue', { number: NUMBER }), refund('9.00')]);
    const { status, amount } = await show();
    expect(['red_letter_due 99.00', 'issued 90.00']).toContain(`${status} ${amount}`);
  });

  it('goes to a spreadsheet that knows its characters and runs no formula', async () => {
    await ask({ ...COMPANY, title: '=HYPERLINK("http://example.com")' });
    const response = await fetch(`${app.url}/admin/fapiao/export.csv?status=requested`, {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true });
    const row = rows.find((candidate) => candidate['订单号'] === orderId);
    expect(row).toMatchObject({
      发票抬头: `'=HYPERLINK("http://example.com")`,
      税号: COMPANY.taxNumber,
      金额: '99.00',
    });
  });
});
