import { parse } from 'csv-parse/sync';
import {
  administrator,
  buy,
  order,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';

describe('what administrators list and export', () => {
  let app: CommercialApp;
  let admin: Person;
  let anna: Person;
  let bert: Person;
  let paid: string;

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
    [anna, bert] = [await register(app, 'anna'), await register(app, 'bert')];
    paid = await buy(app, anna, 'alipay');
    await order(bert, 'wechat');
  });
  afterAll(() => app.close());

  const rowsOf = (csv: string) => parse(csv, { bom: true, columns: true }) as Record<string, string>[];
  const lastAudit = async () => (await admin.call('GET', '/admin/audit?limit=1')).body.items[0];

  describe('users', () => {
    const download = (query = '') => admin.call('GET', `/admin/users/export.csv${query}`);

    it('come as CSV, whole and named', async () => {
      const { status, headers, body } = await download();
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
      const rows = rowsOf(body);
      expect(rows.map((row) => row['email']).sort()).toEqual([
        'admin@example.com',
        'anna@example.com',
        'bert@example.com',
      ]);
      expect(rows.find((row) => row['email'] === anna.email)).toMatchObject({ id: anna.id, role: 'user' });
    });

    it('make no formula of what a user calls themselves', async () => {
      await anna.call('PUT', '/users/me', { body: { displayName: '=HYPERLINK("http://evil.example","x")' } });
      const [row] = rowsOf((await download('?search=anna')).body);
      expect(row!['displayName']).toBe(`'=HYPERLINK("http://evil.example","x")`);
    });

    it('are filtered as the list is, and the audit log tells who exported, but no address', async () => {
      expect(rowsOf((await download('?search=bert%40example.com&role=user')).body)).toHaveLength(1);
      const entry = await lastAudit();
      expect(entry).toMatchObject({ action: 'users.exported', actorUserId: admin.id });
      expect(entry.detail).toEqual({ role: 'user', status: null, searched: true });
      expect(fieldsAtFault(await download('?role=root'))).toEqual(['role']);
      expect(fieldsAtFault(await download('?limit=5'))).toEqual(['limit']);
    });

    it('are no user’s to export, and no key’s', async () => {
      expect((await anna.call('GET', '/admin/users/export.csv')).status).toBe(403);
      const { key } = (await admin.call('POST', '/api-keys', { body: { name: 'x' } })).body;
      expect((await app.call('GET', '/admin/users/export.csv', { apiKey: key })).status).toBe(403);
    });
  });

  describe('payments', () => {
    const list = (query = '') => admin.call('GET', `/admin/payments${query}`);

    it('are listed with whose they are, and paged', async () => {
      const first = (await list('?limit=1')).body;
      expect(first.items).toMatchObject([{ userId: bert.id, status: 'pending' }]);
      const second = (await list(`?limit=1&cursor=${first.nextCursor}`)).body;
      expect(second).toMatchObject({ items: [{ userId: anna.id, orderId: paid }], nextCursor: null });
    });

    it.each([
      () => 'status=paid',
      () => 'provider=alipay',
      () => `userId=${anna.id}`,
      () => 'status=paid&provider=alipay',
    ])('are filtered by %s', async (query) => {
      const { items } = (await list(`?${query()}`)).body;
      expect(items.map((item: { orderId: string }) => item.orderId)).toEqual([paid]);
    });

    it('are filtered by time', async () => {
      const now = new Date(app.clock.now().getTime() + 1000).toISOString();
      expect((await list(`?to=${now}`)).body.items).toHaveLength(2);
      expect((await list(`?from=${now}`)).body.items).toEqual([]);
    });

    it.each(['status=lost', 'provider=A', 'accountId=1', 'userId=x', 'from=today', 'to=1'])(
      'are refused with %s',
      async (query) => {
        expect(fieldsAtFault(await list(`?${query}`))).toEqual([query.split('=')[0]]);
      },
    );

    it('come as CSV, which the audit log tells', async () => {
      const { body, headers } = await admin.call('GET', '/admin/payments/export.csv?status=paid');
      expect(headers.get('content-disposition')).toBe('attachment; filename="payments.csv"');
      expect(rowsOf(body)).toMatchObject([
        { orderId: paid, userId: anna.id, amount: '99.00', refundedAmount: '0.00', status: 'paid' },
      ]);
      expect(await lastAudit()).toMatchObject({
        action: 'payments.exported',
        actorUserId: admin.id,
        detail: { status: 'paid' },
      });
      expect((await anna.call('GET', '/admin/payments')).status).toBe(403);
    });
  });
});
