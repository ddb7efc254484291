import { createServer, type AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/app/create-app.js';
import { Administrators } from '../../src/auth/api/users/administrators.js';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import type { CommercialOptions } from '../../src/commercial/commercial-options.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import type { AlipayOptions } from '../../src/providers/alipay/alipay.options.js';
import type { SandboxKeys } from '../../src/sandbox/options/sandbox-credentials.js';
import { ALIPAY_GATEWAY_PATH, WECHAT_BASE_PATH } from '../../src/sandbox/options/sandbox.options.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { until } from './embedded-process.js';
import { send, type Answer, type Call } from './http-client.js';
import { MovableClock } from './movable-clock.js';
import { sandboxKeys } from './sandbox-keys.js';

export const PASSWORD = 'correct horse battery staple';
export const ADMINISTRATOR = { email: 'admin@example.com', password: PASSWORD };
export const JWT_KEY = 'a-key-of-these-specs-with-32-bytes-or-more';

/** Nobody listens there: a notification that is sent to it is lost. */
export const NOWHERE = 'http://127.0.0.1:9';

/** The service over HTTP, in this process or in one of its own. */
export interface ServedApp {
  url: string;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** Every row of a query, for looking behind the API. */
  sql<Row = any>(query: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface CommercialApp extends ServedApp {
  app: INestApplication;
  dataSource: DataSource;
  database: TestDatabase;
  clock: MovableClock;
  /** Both ends of the sandbox. */
  keys: SandboxKeys;
}

export interface AppSetup {
  /** Default: one of the app's own. */
  database?: TestDatabase;
  /** Default true. False loses every notification on its way. */
  notifications?: boolean;
  /** Another process's worth of the same service: its database, clock, and the gateways inside it. */
  beside?: CommercialApp;
  /** Whether `/sandbox/clock` is there. Default true. */
  clockRoute?: boolean;
  /** What goes to standard output. Default nothing. */
  logLevel?: 'silent' | 'error';
  /** What to add to Alipay's options. */
  alipay?: Partial<AlipayOptions>;
  /** What to change in the options that the app is made with. */
  commercial?: Partial<CommercialOptions>;
  /** What to add to the app before it listens, such as a route. */
  prepare?: (app: NestFastifyApplication) => void;
}

/** The whole stand-alone app in this process, listening on a free port, with the sandbox's gateways inside. */
export async function startApp(setup: AppSetup = {}): Promise<CommercialApp> {
  const { beside } = setup;
  const database = setup.database ?? beside?.database ?? (await createTestDatabase());
  const dataSource = await createDataSource({ url: database.url, poolSize: 10 }).initialize();
  await dataSource.runMigrations();
  const clock = beside?.clock ?? new MovableClock();
  const keys = beside?.keys ?? sandboxKeys;
  const { port, release } = await reservePort();
  const url = `http://127.0.0.1:${port}`;
  const gateways = beside?.url ?? url;
  const publicUrl = setup.notifications === false ? NOWHERE : url;
  const app = await createApp({
    commercial: {
      dataSource,
      clock,
      jwt: { secret: JWT_KEY },
      publicUrl,
      payments: {
        alipay: { ...keys.merchant.alipay, gateway: gateways + ALIPAY_GATEWAY_PATH, ...setup.alipay },
        wechat: { ...keys.merchant.wechat, baseUrl: gateways + WECHAT_BASE_PATH },
      },
      ...setup.commercial,
    },
    dataSource,
    sandbox: beside
      ? null
      : {
          publicUrl: () => url,
          credentials: keys.gateway,
          journalPath: null,
          paymentUrlOf: async (orderId) => {
            const rows = await dataSource.query(
              'SELECT payment_url FROM commercial.orders WHERE order_id = $1',
              [orderId],
            );
            return rows[0]?.payment_url ?? null;
          },
          clock,
          notifyDelaysMs: [10, 20, 50],
        },
    movableClock: beside || setup.clockRoute === false ? null : clock,
    logLevel: setup.logLevel ?? 'silent',
    trustProxy: null,
  });
  setup.prepare?.(app);
  await app.init();
  await app.get(PlansService, { strict: false }).seed();
  await release();
  await app.listen(port, '127.0.0.1');
  return {
    url,
    app,
    dataSource,
    database,
    clock,
    keys,
    call: (method, path, call) => send(url + path, method, call ?? {}),
    sql: (query, parameters) => dataSource.query(query, parameters),
    close: async () => {
      await app.close();
      await dataSource.destroy();
      if (!setup.database && !beside) await database.drop();
    },
  };
}

/** The providers must know the gateways' address before the app that holds them listens, so its port is kept free. */
async function reservePort(): Promise<{ port: number; release(): Promise<void> }> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const release = () => new Promise<void>((resolve) => holder.close(() => resolve()));
  return { port: (holder.address() as AddressInfo).port, release };
}

export interface Person {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
  call(method: string, path: string, call?: Omit<Call, 'token'>): Promise<Answer>;
}

/** Registers somebody of that name, with {@link PASSWORD}. */
export async function register(app: ServedApp, name: string): Promise<Person> {
  const email = `${name}@example.com`;
  return signedIn(app, await app.call('POST', '/auth/register', { body: { email, password: PASSWORD } }));
}

/** The first administrator, made where there is none. */
export async function administrator(app: CommercialApp): Promise<Person> {
  await app.app.get(Administrators, { strict: false }).ensureAdministrator(ADMINISTRATOR);
  return signIn(app, ADMINISTRATOR);
}

export async function signIn(app: ServedApp, body: { email: string; password: string }): Promise<Person> {
  return signedIn(app, await app.call('POST', '/auth/login', { body }));
}

function signedIn(app: ServedApp, { status, body }: Answer): Person {
  if (status >= 400) throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  const { user, accessToken: token, refreshToken } = body;
  return {
    id: user.id,
    email: user.email,
    token,
    refreshToken,
    call: (method, path, call) => app.call(method, path, { ...call, token }),
  };
}

export type Channel = 'alipay' | 'wechat';

/** Orders a plan. @returns the answer's `payment`. */
export async function order(person: Person, provider: Channel, planCode = 'pro'): Promise<Answer['body']> {
  const { status, body } = await person.call('POST', '/subscriptions', { body: { planCode, provider } });
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  return body.payment;
}

/** The buyer opens the payment link. Before that Alipay knows of no trade, so closing it there closes nothing. */
export function visitCashier(app: ServedApp, orderId: string): Promise<Answer> {
  return app.call('GET', `/sandbox/cashier/${orderId}`);
}

/** The buyer's button at the cashier; the gateway notifies in the background. */
export function payAtCashier(app: ServedApp, orderId: string): Promise<Answer> {
  return app.call('POST', `/sandbox/payments/${orderId}/pay`);
}

/** Waits until the payment has that status in the database, without asking the channel as the API would. */
export async function untilPayment(app: ServedApp, orderId: string, status: string): Promise<void> {
  await until(async () => (await paymentRow(app, orderId)).status === status);
}

export async function paymentRow(app: ServedApp, orderId: string): Promise<any> {
  const rows = await app.sql('SELECT * FROM commercial.orders WHERE order_id = $1', [orderId]);
  return rows[0];
}

/** Orders a plan and pays it, by notification. @returns the order's number. */
export async function buy(
  app: ServedApp,
  person: Person,
  provider: Channel,
  planCode = 'pro',
): Promise<string> {
  const { orderId } = await order(person, provider, planCode);
  await payAtCashier(app, orderId);
  await untilPayment(app, orderId, 'paid');
  return orderId;
}

/** Uses quota once. */
export function consume(person: Person, body: object = {}, headers: Record<string, string> = {}) {
  return person.call('POST', '/quota/consume', {
    body: { resourceType: 'dicom_processing', ...body },
    headers,
  });
}
