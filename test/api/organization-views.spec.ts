import { buy, order, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import type { Answer } from '../support/http-client.js';

/** What the people of an organization see of what it uses and pays. */
describe('what an organization uses and pays', () => {
  let app: CommercialApp;
  let owner: Person;
  let member: Person;
  let id: string;
  let orderId: string;

  const inIt = (person: Person, method: string, path: string, body?: object): Promise<Answer> =>
    person.call(method, path, { headers: { 'x-account-id': id }, ...(body && { body }) });
  const studies = ({ body }: Answer) => body.items.map((usage: any) => usage.resourceId).toSorted();

  beforeAll(async () => {
    app = await startApp();
    owner = await register(app, 'owner');
    member = await register(app, 'member');
    id = (await owner.call('POST', '/organizations', { body: { name: '第一人民医院' } })).body.id;
    await setRole('member');
    orderId = await buy(app, as(owner), 'alipay');
    for (const [person, resourceId] of [
      [owner, 'patient-of-owner'],
      [member, 'patient-of-member'],
      [member, 'second-of-member'],
    ] as const) {
      await inIt(person, 'POST', '/quota/consume', { resourceType: 'dicom_processing', resourceId });
    }
  });
  afterAll(() => app.close());

  const setRole = (role: string) =>
    app.sql(
      `INSERT INTO commercial.memberships (account_id, user_id, role, created_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (account_id, user_id) DO UPDATE SET role = excluded.role`,
      [id, member.id, role],
    );

  /** The person, acting for the organization. */
  function as(person: Person): Person {
    const call: Person['call'] = (method, path, rest = {}) =>
      person.call(method, path, { ...rest, headers: { ...rest.headers, 'x-account-id': id } });
    return { ...person, call };
  }

  it('is listed in full for owners and admins, and for a plain member what they used', async () => {
    const all = ['patient-of-member', 'patient-of-owner', 'second-of-member'];
    expect(studies(await inIt(owner, 'GET', '/usage'))).toEqual(all);
    const own = ['patient-of-member', 'second-of-member'];
    expect(studies(await inIt(member, 'GET', '/usage'))).toEqual(own);
    // No filter and no key leads around it.
    expect(studies(await inIt(member, 'GET', '/usage?resourceId=patient-of-owner'))).toEqual([]);
    const { key } = (await inIt(member, 'POST', '/api-keys', { name: 'k' })).body;
    expect(studies(await app.call('GET', '/usage', { apiKey: key }))).toEqual(own);
    await setRole('admin');
    expect(studies(await inIt(member, 'GET', '/usage'))).toEqual(all);
    await setRole('member');
  });

  it('is summed for every member', async () => {
    for (const person of [owner, member]) {
      expect((await inIt(person, 'GET', '/usage/summary')).body.total).toEqual({ count: 3, cost: 3 });
      expect((await inIt(person, 'GET', '/quota')).body.items[0].used).toBe(3);
      expect((await inIt(person, 'GET', '/subscriptions/current')).body.plan.code).toBe('pro');
    }
  });

  it('was paid by owners and admins, and a plain member sees no payment but one that they ordered', async () => {
    const one = [`/payments/${orderId}`, `/payments/${orderId}/receipt`, `/payments/${orderId}/refunds`];
    expect((await inIt(owner, 'GET', '/payments')).body.items).toHaveLength(1);
    expect((await inIt(member, 'GET', '/payments')).body.items).toEqual([]);
    for (const path of [...one, `/payments/${orderId}/receipt.pdf`, `/payments/${orderId}/fapiao`]) {
      expect((await inIt(member, 'GET', path)).status).toBe(404);
    }
    for (const path of one) expect((await inIt(owner, 'GET', path)).status).toBe(200);
    await setRole('admin');
    const { orderId: theirs } = await order(as(member), 'alipay', 'enterprise');
    await setRole('member');
    const shown = (await inIt(member, 'GET', '/payments')).body.items;
    expect(shown.map((payment: any) => payment.orderId)).toEqual([theirs]);
    expect((await inIt(owner, 'GET', '/payments')).body.items).toHaveLength(2);
  });
});
