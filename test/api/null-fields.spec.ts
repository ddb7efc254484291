import { readFileSync } from 'node:fs';
import {
  administrator,
  buy,
  PASSWORD,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';

interface Schema {
  $ref?: string;
  nullable?: boolean;
  properties?: Record<string, Schema>;
}

const document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const resolved = (schema: Schema): Schema =>
  schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!] : schema;

/** The fields that a route's body may have. */
function fieldsOf(method: string, path: string): Record<string, Schema> {
  const { requestBody } = document.paths[path][method.toLowerCase()];
  return resolved(requestBody.content['application/json'].schema).properties!;
}

/** Left out, these are chosen as for null: they are words or a choice, and null says what leaving them out says. */
const MAY_BE_NULL = new Set([
  'displayName',
  'scopes',
  'reason',
  'provider',
  'returnUrl',
  'method',
  'openId',
  'couponCode',
  'taxNumber',
  'resourceId',
  'metadata',
  'accountId',
  'userId',
  'amountOff',
  'percentOff',
  'planCodes',
  'startsAt',
  'now',
  'advanceSeconds',
  'advance',
]);

/** Null for every field of every body: refused as a fault of that field, or taken for its absence. Never a 500. */
describe('null in a body', () => {
  let app: CommercialApp;
  let anna: Person;
  let admin: Person;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp();
    anna = await register(app, 'anna');
    admin = await administrator(app);
    ids['orderId'] = await buy(app, anna, 'alipay');
    ids['userId'] = anna.id;
    const made = async (person: Person, path: string, body: object) => {
      const answer = await person.call('POST', path, { body });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    };
    ids['key'] = (await made(anna, '/api-keys', { name: 'x' })).id;
    ids['organization'] = (await made(anna, '/organizations', { name: 'x' })).id;
    ids['hold'] = (await made(anna, '/quota/holds', { resourceType: 'dicom_processing', cost: 2 })).holdId;
    ids['endpoint'] = (
      await made(admin, '/admin/webhook-endpoints', { url: 'https://1.1.1.1/', enabled: false })
    ).id;
    ids['fapiao'] = (
      await made(anna, `/payments/${ids['orderId']}/fapiao`, {
        kind: 'personal',
        title: 'x',
        email: 'x@example.com',
      })
    ).id;
    await made(admin, '/admin/coupons', { code: 'HALF', percentOff: 50 });
    await made(admin, '/admin/topups', PACK);
  });
  afterAll(async () => {
    await expectInvariants(app.dataSource);
    await app.close();
  });

  const PACK = {
    code: 'ten',
    name: 'x',
    quotaType: 'processing_count',
    amount: 10,
    price: '1.00',
    validDays: 3,
  };
  const PLAN = {
    code: 'other',
    name: 'x',
    description: 'x',
    price: '1.00',
    billingCycle: 'monthly',
    quotas: [{ quotaType: 'processing_count', quotaLimit: 1 }],
  };
  const EMAIL = { email: 'x@example.com' };

  it.each<[who: 'anna' | 'admin', method: string, path: string, body: object, id?: string]>([
    ['anna', 'POST', '/auth/register', { ...EMAIL, password: PASSWORD }],
    ['anna', 'POST', '/auth/login', { ...EMAIL, password: PASSWORD }],
    ['anna', 'POST', '/auth/password-reset', EMAIL],
    ['anna', 'PUT', '/users/me', { displayName: 'x', locale: 'en' }],
    ['anna', 'POST', '/api-keys', { name: 'x' }],
    ['anna', 'POST', '/api-keys/{id}/rotate', {}, 'key'],
    ['anna', 'POST', '/organizations', { name: 'x' }],
    ['anna', 'POST', '/organizations/{id}/invitations', { ...EMAIL, role: 'member' }, 'organization'],
    ['anna', 'POST', '/subscriptions', { planCode: 'enterprise', provider: 'alipay' }],
    ['anna', 'POST', '/subscriptions', { planCode: 'free' }],
    ['anna', 'POST', '/subscriptions/current/change/preview', { planCode: 'enterprise' }],
    ['anna', 'POST', '/subscriptions/current/change', { planCode: 'enterprise', provider: 'alipay' }],
    ['anna', 'POST', '/subscriptions/current/renew', { provider: 'alipay' }],
    ['anna', 'POST', '/subscriptions/current/cancel', {}],
    ['anna', 'POST', '/subscriptions/current/agreement', { provider: 'alipay' }],
    ['anna', 'POST', '/topups', { packCode: 'ten', provider: 'alipay' }],
    ['anna', 'POST', '/quota/check', { resourceType: 'dicom_processing' }],
    ['anna', 'POST', '/quota/consume', { resourceType: 'dicom_processing' }],
    ['anna', 'POST', '/quota/holds', { resourceType: 'dicom_processing' }],
    ['anna', 'POST', '/quota/holds/{holdId}/commit', {}, 'hold'],
    ['anna', 'POST', '/payments/{orderId}/fapiao', { kind: 'personal', title: 'x', ...EMAIL }, 'orderId'],
    ['admin', 'POST', '/payments/{orderId}/refunds', { amount: '1.00' }, 'orderId'],
    ['admin', 'POST', '/admin/fapiao/{id}/issue', { number: '24117000000012345678' }, 'fapiao'],
    ['admin', 'POST', '/admin/users/{id}/deactivate', { reason: 'x' }, 'organization'],
    ['admin', 'PUT', '/admin/users/{id}/role', { role: 'user' }, 'userId'],
    ['admin', 'POST', '/admin/plans', PLAN],
    ['admin', 'POST', '/admin/plans/{code}/versions', { name: 'x' }, 'plan'],
    ['admin', 'POST', '/admin/coupons', { code: 'TEN', percentOff: 10 }],
    ['admin', 'PATCH', '/admin/coupons/{code}', {}, 'coupon'],
    ['admin', 'POST', '/admin/topups', { ...PACK, code: 'eleven' }],
    ['admin', 'PATCH', '/admin/topups/{code}', {}, 'pack'],
    [
      'admin',
      'POST',
      '/admin/quota/grants',
      {
        userId: '{userId}',
        quotaType: 'processing_count',
        amount: 1,
        validUntil: '2099-01-01T00:00:00Z',
        reason: 'x',
      },
    ],
    ['admin', 'POST', '/admin/webhook-endpoints', { url: 'https://1.1.1.1/', enabled: false }],
    ['admin', 'PATCH', '/admin/webhook-endpoints/{id}', {}, 'endpoint'],
    ['admin', 'POST', '/admin/webhook-endpoints/{id}/rotate-secret', {}, 'endpoint'],
    ['admin', 'POST', '/sandbox/clock', { advanceSeconds: 0 }],
  ])('of %s %s %s %j', async (who, method, template, sound, id) => {
    const codes: Record<string, string> = { plan: 'pro', coupon: 'HALF', pack: 'ten' };
    const path = template.replace(/\{\w+\}/, () => codes[id!] ?? ids[id!]!);
    const body = JSON.parse(JSON.stringify(sound).replace('{userId}', () => ids['userId']!));
    const person = who === 'anna' ? anna : admin;
    for (const [field, { nullable }] of Object.entries(fieldsOf(method, template))) {
      const answer = await person.call(method, path, { body: { ...body, [field]: null } });
      const seen = `${field}: ${answer.status} ${JSON.stringify(answer.body)}`;
      expect([seen, answer.status < 500]).toEqual([seen, true]);
      if (nullable || MAY_BE_NULL.has(field)) continue;
      expect([seen, answer.status, fieldsAtFault(answer)]).toEqual([seen, 400, [field]]);
    }
  });
});
