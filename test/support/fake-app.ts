import { Janitor } from '../../src/billing/settlement/polling/janitor.service.js';
import type { CommercialOptions } from '../../src/commercial/commercial-options.js';
import type { NotificationResult } from '../../src/providers/payment-provider.js';
import { administrator, startApp, type AppSetup, type CommercialApp, type Person } from './app.js';
import { FakeChannel } from './fake-channel.js';
import type { Answer } from './http-client.js';

export interface FakeApp extends CommercialApp {
  north: FakeChannel;
  south: FakeChannel;
  janitor: Janitor;
}

/** The app with two channels, `north` and `south`, whose books the spec holds. */
export async function startFakeApp(
  setup: Omit<AppSetup, 'beside'> & { beside?: FakeApp; options?: Partial<CommercialOptions> } = {},
): Promise<FakeApp> {
  const { beside, options, ...rest } = setup;
  const north = beside?.north ?? new FakeChannel('north');
  const south = beside?.south ?? new FakeChannel('south');
  const app = await startApp({
    ...rest,
    ...(beside ? { beside } : {}),
    commercial: { payments: { others: [north, south] }, ...options },
  });
  north.now = south.now = () => app.clock.now();
  return Object.assign(app, { north, south, janitor: app.app.get(Janitor, { strict: false }) });
}

/** Orders a plan through a fake channel. @returns the order's number */
export async function orderThrough(person: Person, provider: string, planCode = 'pro'): Promise<string> {
  const { status, body } = await person.call('POST', '/subscriptions', { body: { planCode, provider } });
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  return body.payment.orderId;
}

/** Orders, pays, and lets a poll find it. @returns the order's number */
export async function buyThrough(app: FakeApp, person: Person, provider: 'north' | 'south'): Promise<string> {
  const orderId = await orderThrough(person, provider);
  app[provider].pay(orderId);
  const { body } = await person.call('GET', `/payments/${orderId}`);
  if (body.status !== 'paid') throw new Error(`the payment is ${body.status}`);
  return orderId;
}

/** The channel's word arrives. */
export function notify(app: FakeApp, provider: string, notification: NotificationResult): Promise<Answer> {
  return app.call('POST', `/webhooks/${provider}`, { body: notification });
}

/** Lets time pass as the janitor sees it: it looks every `stepSeconds`, as its jobs would wake it. */
export async function pass(app: FakeApp, seconds: number, stepSeconds = 5): Promise<void> {
  for (let passed = 0; passed < seconds; passed += stepSeconds) {
    app.clock.forward(stepSeconds * 1000);
    await app.janitor.runDue();
  }
}

/** The events in a payment's history, as an administrator reads them who has just signed in: time may have passed. */
export async function eventsOf(app: FakeApp, orderId: string): Promise<string[]> {
  const admin = await administrator(app);
  const { body } = await admin.call('GET', `/payments/${orderId}/history`);
  return body.items.map((item: { event: string }) => item.event);
}

/** One refund's row. */
export async function refundRows(app: FakeApp, orderId: string): Promise<any[]> {
  return app.sql(
    `SELECT r.* FROM commercial.payment_refunds r JOIN commercial.orders p ON p.id = r.payment_id
     WHERE p.order_id = $1 ORDER BY r.created_at, r.id`,
    [orderId],
  );
}
