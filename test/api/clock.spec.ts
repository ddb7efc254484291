import { SystemClock } from '../../src/time/clock.js';
import {
  administrator,
  consume,
  order,
  paymentRow,
  register,
  startApp,
  visitCashier,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { until } from '../support/embedded-process.js';
import { fieldsAtFault } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

const DAY = 86_400_000;

describe('the movable clock', () => {
  let app: CommercialApp;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    app = await startApp({ commercial: { sessionClock: new SystemClock() } });
    admin = await administrator(app);
  });
  afterAll(() => app.close());

  const move = (body: object) => admin.call('POST', '/sandbox/clock', { body });
  const nobodyYet = () => register(app, `traveller${(people += 1)}`);
  const businessTime = async () => new Date((await admin.call('GET', '/sandbox/clock')).body.now).getTime();

  it('goes ahead by seconds, by days and months, and to a moment', async () => {
    const start = await businessTime();
    const hour = await move({ advanceSeconds: 3600 });
    expect(hour.status).toBe(200);
    expect(Date.parse(hour.body.now) - start).toBeGreaterThanOrEqual(3_600_000);
    expect(hour.body.shiftSeconds).toBeGreaterThanOrEqual(3600);

    const before = new Date(await businessTime());
    const { body } = await move({ advance: { days: 2, months: 1 } });
    const days = (Date.parse(body.now) - before.getTime()) / DAY;
    expect(days).toBeGreaterThanOrEqual(30);
    expect(days).toBeLessThan(33.1);

    const target = new Date((await businessTime()) + 5 * DAY);
    expect(Date.parse((await move({ now: target.toISOString() })).body.now)).toBeGreaterThanOrEqual(+target);
  });

  it.each([
    ['nothing', {}],
    ['two things', { advanceSeconds: 1, advance: { days: 1 } }],
    ['a moment that has passed', { now: '2020-01-01T00:00:00Z' }],
    ['more than ten years', { now: '2099-01-01T00:00:00Z' }],
    ['no time', { now: 'tomorrow' }],
  ])('refuses %s, and stands', async (_, body) => {
    const before = await businessTime();
    expect(fieldsAtFault(await move(body))).toEqual(['now']);
    expect((await businessTime()) - before).toBeLessThan(DAY);
  });

  it.each([
    [{ advanceSeconds: -1 }, 'advanceSeconds'],
    [{ advance: { days: -1 } }, 'advance.days'],
    [{ advance: { months: 121 } }, 'advance.months'],
    [{ advance: { weeks: 1 } }, 'advance.weeks'],
  ])('refuses %p', async (body, field) => {
    expect(fieldsAtFault(await move(body))).toEqual([field]);
  });

  it('is the administrator’s alone', async () => {
    const person = await nobodyYet();
    expect((await person.call('POST', '/sandbox/clock', { body: { advanceSeconds: 1 } })).status).toBe(403);
    expect((await person.call('GET', '/sandbox/clock')).status).toBe(403);
  });

  it('brings about what falls due before it answers: an order’s end at its channel, a hold’s, a month’s', async () => {
    const person = await nobodyYet();
    const { orderId } = await order(person, 'wechat');
    await visitCashier(app, orderId);
    await consume(person);
    await person.call('POST', '/quota/holds', { body: { resourceType: 'dicom_processing' } });
    const { body } = await move({ advance: { months: 1, days: 1 } });
    expect(body.ran['payment-checks']).toBeGreaterThanOrEqual(1);
    expect(body.ran.holds).toBe(1);
    expect((await paymentRow(app, orderId)).status).toBe('closed');
    const holds = await app.sql(`SELECT 1 FROM commercial.quota_holds WHERE status = 'open'`);
    expect(holds).toEqual([]);
    const [quota] = (await person.call('GET', '/quota')).body.items;
    expect(quota.used).toBe(0);
    expect((await app.call('POST', `/sandbox/payments/${orderId}/pay`)).status).toBe(409);
    await expectInvariants(app.dataSource);
  });

  it('leaves who is signed in signed in', async () => {
    const person = await nobodyYet();
    await move({ advance: { days: 40 } });
    expect((await person.call('GET', '/users/me')).status).toBe(200);
    const { status } = await app.call('POST', '/auth/refresh', {
      body: { refreshToken: person.refreshToken },
    });
    expect(status).toBe(200);
  });

  it('adds up what several ask for at once', async () => {
    const before = await businessTime();
    await Promise.all([1, 2, 3].map((days) => move({ advance: { days } })));
    expect((await businessTime()) - before).toBeGreaterThanOrEqual(6 * DAY);
    expect((await businessTime()) - before).toBeLessThan(6 * DAY + DAY / 2);
  });

  it('is followed by another process on the database, and survives a restart', async () => {
    const beside = await startApp({ database: app.database });
    try {
      const target = (await businessTime()) + 60 * DAY;
      await move({ now: new Date(target).toISOString() });
      await until(async () => beside.clock.now().getTime() >= target);
    } finally {
      await beside.close();
    }
    const again = await startApp({ database: app.database });
    const ahead = again.clock.now().getTime() - (await businessTime());
    await again.close();
    expect(Math.abs(ahead)).toBeLessThan(DAY / 24);
  });

  it('isn’t there where the sandbox doesn’t serve', async () => {
    const bare = await startApp({ beside: app });
    for (const method of ['GET', 'POST']) {
      expect((await bare.call(method, '/sandbox/clock', { token: admin.token })).status).toBe(404);
    }
    await bare.close();
  });
});
