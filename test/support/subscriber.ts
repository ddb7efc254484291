import { SubscriptionDue } from '../../src/billing/ledger/subscriptions/subscription-due.js';
import { register } from './app.js';
import type { FakeApp } from './fake-app.js';
import type { Answer } from './http-client.js';
import { accountOf } from './quota-parties.js';

/** Somebody who signs with an API key, which outlives the years that a spec lets pass. */
export interface Subscriber {
  accountId: string;
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  current(): Promise<Answer['body']>;
}

let subscribers = 0;

/** @param planCode bought through `north`; default: the free plan that everybody has */
export async function subscriber(app: FakeApp, planCode?: string): Promise<Subscriber> {
  const person = await register(app, `subscriber${(subscribers += 1)}`);
  const { key: apiKey } = (await person.call('POST', '/api-keys', { body: { name: 'stays' } })).body;
  const call: Subscriber['call'] = (method, path, body, headers = {}) =>
    app.call(method, path, body === undefined ? { apiKey, headers } : { apiKey, headers, body });
  const somebody: Subscriber = {
    accountId: await accountOf(app, person.id),
    call,
    current: async () => (await call('GET', '/subscriptions/current')).body,
  };
  if (planCode) {
    const bought = await call('POST', '/subscriptions', { planCode, provider: 'north' });
    await pay(app, somebody, bought.body.payment.orderId);
  }
  return somebody;
}

/** The buyer pays, and a poll finds it. @returns the payment */
export async function pay(app: FakeApp, { call }: Subscriber, orderId: string): Promise<Answer['body']> {
  app.north.pay(orderId);
  return (await call('GET', `/payments/${orderId}`)).body;
}

/** Orders through `north` and answers with the body. @throws where the answer isn't 201 */
export async function ordered(
  somebody: Subscriber,
  path: string,
  body: object = {},
): Promise<Answer['body']> {
  const answer = await somebody.call('POST', `/subscriptions/current/${path}`, {
    provider: 'north',
    ...body,
  });
  if (answer.status !== 201) throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Orders one more period and pays it. @returns its order's number */
export async function renew(app: FakeApp, somebody: Subscriber): Promise<string> {
  const { orderId } = (await ordered(somebody, 'renew')).payment;
  await pay(app, somebody, orderId);
  return orderId;
}

export function runDue(app: FakeApp): Promise<number> {
  return app.app.get(SubscriptionDue, { strict: false }).runDue();
}
