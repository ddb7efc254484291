import { Webhook } from 'standardwebhooks';
import { EVENT_TYPES, type CommercialEvent } from '../../src/events/types/event-types.js';
import type { WebhookOptions } from '../../src/events/types/events-options.js';
import type { DeliveryOutcome } from '../../src/events/queue/due-deliveries.js';
import { WebhookSender } from '../../src/events/webhooks/webhook-sender.js';
import { WebhookTargets } from '../../src/events/webhooks/webhook-targets.js';
import { DeliveryDispatcher } from '../../src/events/dispatch/delivery-dispatcher.js';
import { EventOutbox } from '../../src/events/outbox/event-outbox.js';
import { EventPurge } from '../../src/events/outbox/event-purge.js';
import { inTransaction } from '../../src/database/transaction.js';
import {
  administrator,
  JWT_KEY,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { fieldsAtFault } from '../support/http-client.js';
import { stubServer, type StubReply, type StubRequest, type StubServer } from '../support/stub-server.js';

const HOUR = 3_600_000;
/** More bytes than all buffers on the way hold. */
const ENDLESS = 64 * 1024 * 1024;
const ONE = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11';
const TWO = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12';
const THREE = '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b13';

let app: CommercialApp;
let admin: Person;
let accountId: string;
let receiver: StubServer;
let reply: StubReply;
/** What names mean in this spec. */
const names: Record<string, string[]> = {};

beforeAll(async () => {
  receiver = await stubServer(() => reply);
  const { port } = new URL(receiver.origin);
  app = await startApp({
    commercial: {
      // The clock is moved by months here.
      jwt: { secret: JWT_KEY, accessTokenSeconds: 1000 * 24 * 3600 },
      events: {
        webhooks: {
          allowedHosts: [`127.0.0.1:${port}`],
          allowHttp: true,
          resolve: async (name) =>
            (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        },
      },
    },
  });
  admin = await administrator(app);
  const [row] = await app.sql(`SELECT personal_account_id AS id FROM commercial.users WHERE id = $1`, [
    admin.id,
  ]);
  accountId = row.id;
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});
beforeEach(async () => {
  await app.sql('DELETE FROM commercial.webhook_endpoints');
  receiver.requests.length = 0;
  reply = { status: 204, body: '' };
});

const deliver = () => app.app.get(DeliveryDispatcher, { strict: false }).runDue();

async function endpoint(body: object = {}): Promise<{ id: string; secret: string }> {
  const answer = await admin.call('POST', '/admin/webhook-endpoints', {
    body: { url: `${receiver.origin}/hook`, ...body },
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Writes that many events of a subscription; `used` numbers them. */
async function write(subscriptionId: string, count = 1): Promise<void> {
  for (let used = 1; used <= count; used += 1) {
    await inTransaction(app.dataSource, (manager) =>
      app.app.get(EventOutbox, { strict: false }).record(manager, {
        type: 'quota.threshold',
        accountId,
        subscriptionId,
        subjectId: accountId,
        data: { quotaType: 'processing_count', percent: 80, used, granted: 100 },
        at: app.clock.now(),
      }),
    );
  }
}

const deliveries = async (id: string, query = '') =>
  (await admin.call('GET', `/admin/webhook-endpoints/${id}/deliveries${query}`)).body.items;

const verify = (secret: string, { body, headers }: StubRequest): any =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

const told = (requests: StubRequest[]) =>
  requests.map(({ body }) => JSON.parse(body)).map(({ subscriptionId, data }) => [subscriptionId, data.used]);

describe('a webhook', () => {
  it('is signed so that a receiver’s own library of Standard Webhooks verifies it', async () => {
    const { id, secret } = await endpoint();
    await write(ONE);
    await deliver();
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/hook' });
    expect(verify(secret, request!)).toMatchObject({
      type: 'quota.threshold',
      accountId,
      subscriptionId: ONE,
      data: { percent: 80, used: 1 },
    });
    expect(request!.headers['webhook-id']).toBe(JSON.parse(request!.body).id);
    expect(() => verify(secret, { ...request!, body: request!.body.replace('80', '81') })).toThrow();
    expect(await deliveries(id)).toMatchObject([{ status: 'delivered', responseStatus: 204, attempts: 1 }]);
  });

  it('keeps what a change doesn’t name, and takes the description away for null', async () => {
    const { id } = await endpoint({ description: 'the hospital’s books', types: ['payment.paid'] });
    const change = (body: object) => admin.call('PATCH', `/admin/webhook-endpoints/${id}`, { body });
    expect((await change({ enabled: false })).body).toMatchObject({ description: 'the hospital’s books' });
    expect((await change({ description: null })).body).toMatchObject({
      description: null,
      types: ['payment.paid'],
      enabled: false,
    });
    expect(fieldsAtFault(await change({ enabled: null }))).toEqual(['enabled']);
  });

  it('shows its secret once, and not in lists, answers or the audit log', async () => {
    const { id, secret } = await endpoint({ description: 'the hospital’s books', types: ['payment.paid'] });
    const list = await admin.call('GET', '/admin/webhook-endpoints');
    expect(list.body.items).toMatchObject([{ id, types: ['payment.paid'], enabled: true }]);
    const shown = await admin.call('GET', `/admin/webhook-endpoints/${id}`);
    const log = await app.sql(
      `SELECT action, detail FROM commercial.audit_log WHERE subject_type = 'webhook_endpoint' AND subject_id = $1`,
      [id],
    );
    expect(log).toMatchObject([{ action: 'webhook_endpoint.created' }]);
    expect(JSON.stringify([list, shown, log])).not.toContain(secret.slice(6));
    expect(JSON.stringify(shown.body)).not.toContain('secret"');
  });

  it('carries the signatures of both secrets until the overlap is over', async () => {
    const { id, secret } = await endpoint();
    const rotated = await admin.call('POST', `/admin/webhook-endpoints/${id}/rotate-secret`, {
      body: { overlapHours: 2 },
    });
    const next: string = rotated.body.secret;
    expect(next).not.toBe(secret);
    await write(ONE);
    await deliver();
    for (const each of [secret, next]) expect(verify(each, receiver.requests[0]!)).toBeTruthy();

    app.clock.forward(2 * HOUR + 1);
    await write(ONE);
    await deliver();
    expect(verify(next, receiver.requests[1]!)).toBeTruthy();
    expect(() => verify(secret, receiver.requests[1]!)).toThrow();
  });

  it('carries the signatures of all secrets of an overlap that is rotated again, each until its own end', async () => {
    const { id, secret: first } = await endpoint();
    const rotate = async (overlapHours: number): Promise<string> => {
      const path = `/admin/webhook-endpoints/${id}/rotate-secret`;
      return (await admin.call('POST', path, { body: { overlapHours } })).body.secret;
    };
    const takenBy = async (secrets: readonly string[]) => {
      await write(ONE);
      await deliver();
      const message = receiver.requests.at(-1)!;
      return secrets.map((secret) => {
        try {
          return Boolean(verify(secret, message));
        } catch {
          return false;
        }
      });
    };
    const second = await rotate(2);
    app.clock.forward(HOUR);
    const third = await rotate(2);
    const all = [first, second, third];
    expect(await takenBy(all)).toEqual([true, true, true]);
    app.clock.forward(HOUR + 1);
    expect(await takenBy(all)).toEqual([false, true, true]);
    app.clock.forward(HOUR);
    expect(await takenBy(all)).toEqual([false, false, true]);
    const fourth = await rotate(2);
    const fifth = await rotate(0);
    expect(await takenBy([third, fourth, fifth])).toEqual([false, false, true]);
  });

  it('goes to endpoints that want its type and are switched on', async () => {
    await endpoint({ types: ['payment.paid'] });
    await endpoint({ enabled: false });
    await endpoint({ types: ['quota.threshold', 'payment.paid'] });
    await write(ONE);
    await deliver();
    expect(receiver.requests).toHaveLength(1);
  });

  it('waits while its endpoint is switched off, and goes out when that is on again', async () => {
    const { id } = await endpoint();
    await write(ONE);
    const change = (enabled: boolean) =>
      admin.call('PATCH', `/admin/webhook-endpoints/${id}`, { body: { enabled } });
    await change(false);
    await deliver();
    expect(receiver.requests).toEqual([]);
    expect((await change(true)).body.enabled).toBe(true);
    await deliver();
    expect(receiver.requests).toHaveLength(1);
  });

  it('that fails holds back what follows in its subscription, at its endpoint only', async () => {
    await endpoint();
    const other = await stubServer(() => ({ status: 200, body: '' }));
    names['elsewhere.example'] = ['1.1.1.1'];
    await app.sql(`UPDATE commercial.webhook_endpoints SET url = $1`, [`${receiver.origin}/failing`]);
    await endpoint({ url: `${receiver.origin}/fine` });
    await write(ONE, 2);
    await write(TWO, 1);
    reply = { status: 503, body: 'not now' };
    const replies: Record<string, StubReply> = { '/fine': { status: 200, body: '' } };
    const failing = receiver.requests;
    reply = (response) => {
      const { url } = failing.at(-1)!;
      response.writeHead((replies[url] as { status: number } | undefined)?.status ?? 503).end();
    };
    await deliver();
    const at = (path: string) => told(receiver.requests.filter(({ url }) => url === path));
    expect(at('/fine').toSorted()).toEqual([
      [ONE, 1],
      [ONE, 2],
      [TWO, 1],
    ]);
    expect(at('/failing').toSorted()).toEqual([
      [ONE, 1],
      [TWO, 1],
    ]);
    await other.close();
  });

  it('is tried by the schedule, becomes a dead letter, and is replayed under the same id', async () => {
    const { id } = await endpoint();
    await write(ONE);
    reply = { status: 500, body: 'x'.repeat(10_000) };
    await deliver();
    const waits = [5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600];
    for (const [index, seconds] of waits.entries()) {
      expect(await deliveries(id)).toMatchObject([
        { status: 'pending', attempts: index + 1, lastError: 'answered 500' },
      ]);
      app.clock.forward(seconds * 1000 - 2_000);
      expect(await deliver()).toBe(0);
      app.clock.forward(2_000);
      expect(await deliver()).toBe(1);
    }
    const [dead] = await deliveries(id, '?status=dead');
    expect(dead).toMatchObject({ status: 'dead', attempts: 8, responseStatus: 500, dueAt: null });
    app.clock.forward(100 * HOUR);
    expect(await deliver()).toBe(0);
    const all = await admin.call('GET', '/admin/event-deliveries?status=dead&kind=webhook');
    expect(all.body.items).toMatchObject([{ id: dead.id }]);

    reply = { status: 200, body: '' };
    const replay = () => admin.call('POST', `/admin/webhook-endpoints/${id}/deliveries/${dead.id}/replay`);
    expect((await replay()).status).toBe(202);
    expect(await replay()).toMatchObject({ status: 409, body: { code: 'DELIVERY_PENDING' } });
    await deliver();
    expect(await deliveries(id)).toMatchObject([{ status: 'delivered', attempts: 1 }]);
    // What was delivered can be sent once more too, by the route that is for every kind of delivery.
    expect((await admin.call('POST', `/admin/event-deliveries/${dead.id}/replay`)).status).toBe(202);
    expect(await deliver()).toBe(1);
    const log = await admin.call('GET', `/admin/audit?subjectId=${dead.id}`);
    expect(log.body.items).toMatchObject([{ detail: { was: 'delivered' } }, { detail: { was: 'dead' } }]);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([dead.eventId]),
    );
    expect(
      (await admin.call('POST', `/admin/webhook-endpoints/${TWO}/deliveries/${dead.id}/replay`)).status,
    ).toBe(404);
  });

  it('that is given up lets those pass that waited behind it', async () => {
    await endpoint();
    await write(ONE, 3);
    reply = (response) => response.writeHead(told(receiver.requests).at(-1)![1] === 1 ? 500 : 204).end();
    await app.sql(`UPDATE commercial.event_deliveries SET attempts = 6 WHERE status = 'pending'`);
    await deliver();
    expect(told(receiver.requests)).toEqual([[ONE, 1]]);
    app.clock.forward(24 * HOUR);
    await deliver();
    expect(told(receiver.requests)).toEqual([1, 1, 2, 3].map((used) => [ONE, used]));
  });

  it('can be tried out: what comes of it is in the answer, and a failure is not tried again', async () => {
    const { id, secret } = await endpoint();
    const test = () => admin.call('POST', `/admin/webhook-endpoints/${id}/test`);
    expect(await test()).toMatchObject({
      status: 200,
      body: { status: 'delivered', eventType: 'endpoint.test' },
    });
    expect(verify(secret, receiver.requests[0]!)).toMatchObject({ type: 'endpoint.test' });
    reply = { status: 404, body: '' };
    expect((await test()).body).toMatchObject({
      status: 'dead',
      responseStatus: 404,
      lastError: 'answered 404',
    });
  });

  it('to an endpoint that doesn’t answer keeps no other waiting', async () => {
    const silent = await stubServer(() => () => {});
    await app.sql(`DELETE FROM commercial.webhook_endpoints`);
    const slow = await endpoint();
    await app.sql(`UPDATE commercial.webhook_endpoints SET url = $1 WHERE id = $2`, [
      `${receiver.origin}/slow`,
      slow.id,
    ]);
    await endpoint({ url: `${receiver.origin}/quick` });
    const held: (() => void)[] = [];
    reply = (response) => {
      if (receiver.requests.at(-1)!.url === '/slow') held.push(() => response.writeHead(200).end());
      else response.writeHead(200).end();
    };
    await write(ONE, 3);
    const lanes = await app.app.get(DeliveryDispatcher, { strict: false }).wake();
    await Promise.race(lanes);
    expect(receiver.requests.filter(({ url }) => url === '/quick')).toHaveLength(3);
    reply = { status: 200, body: '' };
    for (const release of held) release();
    await Promise.all(lanes);
    expect(receiver.requests.filter(({ url }) => url === '/slow')).toHaveLength(3);
    await silent.close();
  });

  it('is gone 30 days after it was delivered; what is owed, dead or waiting, stays longer', async () => {
    await endpoint();
    await write(ONE);
    await deliver();
    await write(TWO);
    await app.sql(
      `UPDATE commercial.event_deliveries SET status = 'dead', due_at = NULL WHERE stream = $1 AND status = 'pending'`,
      [TWO],
    );
    await write(THREE);
    const streams = async () =>
      (
        await app.sql(
          'SELECT subscription_id AS id FROM commercial.events WHERE subscription_id IN ($1, $2, $3) ORDER BY id',
          [ONE, TWO, THREE],
        )
      ).map(({ id }) => id);
    const purge = () => app.app.get(EventPurge, { strict: false }).purge();
    app.clock.forward(29 * 24 * HOUR);
    await purge();
    expect(await streams()).toContain(ONE);
    app.clock.forward(25 * HOUR);
    await purge();
    expect(await streams()).toEqual([TWO, THREE]);
    app.clock.forward(150 * 24 * HOUR);
    await purge();
    expect(await streams()).toEqual([]);
  });

  it('is for administrators to set up, and for nobody’s API key', async () => {
    const person = await register(app, 'nosy');
    expect((await person.call('GET', '/admin/webhook-endpoints')).status).toBe(403);
    expect((await app.call('POST', '/admin/webhook-endpoints', { body: {} })).status).toBe(401);
  });

  it.each([
    [{ url: 7 }, 'url'],
    [{ url: 'https://1.1.1.1', types: ['payment.lost'] }, 'types'],
    [{ url: 'https://1.1.1.1', types: null }, 'types'],
    [{ url: 'https://1.1.1.1', enabled: null }, 'enabled'],
    [{ url: 'https://1.1.1.1', secret: 'mine' }, 'secret'],
  ])('is refused as %j', async (body, field) => {
    const { id } = await endpoint();
    for (const [method, path] of [
      ['POST', '/admin/webhook-endpoints'],
      ['PATCH', `/admin/webhook-endpoints/${id}`],
    ] as const) {
      expect(fieldsAtFault(await admin.call(method, path, { body }))).toContain(field);
    }
    expect(EVENT_TYPES).not.toContain('payment.lost');
  });
});

describe('a receiver', () => {
  const event = { id: ONE, type: 'quota.threshold', data: {} } as unknown as CommercialEvent;
  /** Sends by the options given, beside those of the app. */
  async function send(webhooks: WebhookOptions, fields: object = {}): Promise<DeliveryOutcome> {
    const { id } = await endpoint(fields);
    const { dataSource, clock } = app;
    const allowedHosts = [new URL(receiver.origin).host];
    const options = { dataSource, clock, webhooks: { allowedHosts, allowHttp: true, ...webhooks } };
    return new WebhookSender(options, dataSource, clock, new WebhookTargets(options)).send(id, event);
  }

  it('that takes the message and never answers has failed when its time is over', async () => {
    reply = () => {};
    expect(await send({ timeoutMs: 50 })).toEqual({ outcome: 'failed', error: 'no answer within 0.05 s' });
  });

  it.each([
    ['hangs up', '', 'socket hang up'],
    [
      'switches protocols',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      'closed without',
    ],
    ['speaks no HTTP', 'hello\r\n\r\n', 'HTTP'],
  ])('that %s has failed at once', async (_, words, error) => {
    reply = (response) => void response.socket!.end(words);
    expect(await send({})).toEqual({ outcome: 'failed', error: expect.stringContaining(error) });
  });

  it('whose name is never resolved has failed when its time is over', async () => {
    names['silent.example'] = ['1.1.1.1'];
    const resolve = () => new Promise<never>(() => {});
    expect(await send({ timeoutMs: 50, resolve }, { url: 'https://silent.example/' })).toEqual({
      outcome: 'failed',
      error: 'no answer within 0.05 s',
    });
  });

  it('has 10 seconds where nothing else was set', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    expect(await send({})).toMatchObject({ outcome: 'delivered' });
    expect(timeout.mock.calls).toEqual([[10_000]]);
    timeout.mockRestore();
  });

  it('that goes on writing is hung up on after 4 KiB, and nothing of its words is kept', async () => {
    let written = 0;
    const hungUp = new Promise<void>((resolve) => {
      reply = (response) => {
        response.on('close', resolve).on('error', () => {});
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && written < ENDLESS) {
            written += 4096;
            if (!response.write('words '.repeat(683))) return void response.once('drain', more);
          }
          response.end();
        };
        more();
      };
    });
    const outcome = await send({});
    await hungUp;
    expect(written).toBeLessThan(ENDLESS);
    expect(outcome).toEqual({ outcome: 'delivered', responseStatus: 200 });
  });
});

describe('an address inside', () => {
  beforeAll(() => {
    Object.assign(names, {
      'public.example': ['1.1.1.1', '2606:4700:4700::1111'],
      'inside.example': ['10.0.0.5'],
      'both.example': ['1.1.1.1', '127.0.0.1'],
      'mapped.example': ['::ffff:169.254.169.254'],
      'nat64.example': ['64:ff9b::a9fe:a9fe'],
    });
  });

  it.each([
    ['loopback', 'https://127.0.0.1/'],
    ['loopback by name', 'https://localhost/'],
    ['a private address', 'https://192.168.1.10/'],
    ['the cloud’s metadata', 'http://169.254.169.254/latest/meta-data'],
    ['carrier-grade NAT', 'https://100.64.1.1/'],
    ['Alibaba Cloud’s metadata', 'http://100.100.100.200/latest/meta-data'],
    ['every address of this host', 'https://0.0.0.0/'],
    ['every address of this host in IPv6', 'https://[::]/'],
    ['a decimal number', 'https://2130706433/'],
    ['a number with parts left out', 'https://127.1/'],
    ['a number with a dot behind it', 'https://127.0.0.1./'],
    ['digits in circles', 'https://①②⑦.0.0.1/'],
    ['octal digits', 'https://0177.0.0.1/'],
    ['hexadecimal digits', 'https://0x7f.1/'],
    ['loopback in IPv6', 'https://[::1]/'],
    ['a unique local address', 'https://[fd12::1]/'],
    ['a link-local address of IPv6', 'https://[fe80::1]/'],
    ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['the same in hexadecimal digits', 'https://[::ffff:7f00:1]/'],
    ['IPv4 by NAT64', 'https://[64:ff9b::7f00:1]/'],
    ['IPv4 by 6to4', 'https://[2002:7f00:1::]/'],
    ['a name of a private address', 'https://inside.example/'],
    ['a name of a public and a private address', 'https://both.example/'],
    ['a name of a mapped address', 'https://mapped.example/'],
    ['a name of a NAT64 address', 'https://nat64.example/'],
    ['a name that is none', 'https://nowhere.example/'],
    ['an allowed host at another port', 'http://127.0.0.1:1/'],
    ['another scheme', 'ftp://public.example/'],
    ['a password in it', 'https://user:password@public.example/'],
    ['no address at all', 'hooks'],
  ])('is refused at registration and when changed: %s', async (_, url) => {
    names['localhost'] = ['127.0.0.1', '::1'];
    const refusal = { status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ field: 'url' }] } };
    expect(await admin.call('POST', '/admin/webhook-endpoints', { body: { url } })).toMatchObject(refusal);
    const { id } = await endpoint();
    expect(await admin.call('PATCH', `/admin/webhook-endpoints/${id}`, { body: { url } })).toMatchObject(
      refusal,
    );
  });

  it('is no public one, which is taken', async () => {
    await endpoint({ url: 'https://public.example/hook' });
    await endpoint({ url: 'https://[2606:4700:4700::1111]/hook' });
  });

  it('is not reached by a name that means something else by the time of sending', async () => {
    names['rebinding.example'] = ['1.1.1.1'];
    const { port } = new URL(receiver.origin);
    const { id } = await endpoint({ url: `http://rebinding.example:${port}/hook` });
    names['rebinding.example'] = ['127.0.0.1'];
    await write(ONE);
    await deliver();
    expect(receiver.requests).toEqual([]);
    expect(await deliveries(id)).toMatchObject([
      {
        status: 'pending',
        responseStatus: null,
        lastError: 'rebinding.example leads to 127.0.0.1, which is not a public address',
      },
    ]);
  });

  it('is not reached by a number that was written past the registration', async () => {
    const { id } = await endpoint();
    const inside = await stubServer(() => ({ status: 200, body: '' }));
    await app.sql('UPDATE commercial.webhook_endpoints SET url = $1', [inside.origin]);
    await write(ONE);
    await deliver();
    expect(inside.requests).toEqual([]);
    expect(await deliveries(id)).toMatchObject([{ lastError: '127.0.0.1 is not a public address' }]);
    await inside.close();
  });

  it('is not reached by a redirect', async () => {
    const inside = await stubServer(() => ({ status: 200, body: '' }));
    const { id } = await endpoint();
    reply = { status: 307, headers: { location: inside.origin }, body: '' };
    await write(ONE);
    await deliver();
    expect(inside.requests).toEqual([]);
    expect(await deliveries(id)).toMatchObject([
      { responseStatus: 307, lastError: 'answered 307; redirects are not followed' },
    ]);
    await inside.close();
  });

  it('is reached where the host allows it, by the very address that was looked up and under its name', async () => {
    names['hooks.internal'] = ['127.0.0.1'];
    const { port } = new URL(receiver.origin);
    const apart = await startApp({
      beside: app,
      commercial: {
        events: {
          webhooks: {
            allowedHosts: ['hooks.internal'],
            allowHttp: true,
            resolve: async () => [{ address: '127.0.0.1', family: 4 }],
          },
        },
      },
    });
    const body = { url: `http://hooks.internal:${port}/hook` };
    const { id } = (await apart.call('POST', '/admin/webhook-endpoints', { body, token: admin.token })).body;
    const test = await apart.call('POST', `/admin/webhook-endpoints/${id}/test`, { token: admin.token });
    await apart.close();
    expect(test.body).toMatchObject({ status: 'delivered' });
    expect(receiver.requests).toMatchObject([{ headers: { host: `hooks.internal:${port}` } }]);
  });

  it('is http only where that is allowed: not by default', async () => {
    const strict = await startApp({ beside: app });
    const answer = await strict.call('POST', '/admin/webhook-endpoints', {
      body: { url: 'http://1.1.1.1/' },
      token: admin.token,
    });
    await strict.close();
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'url', message: 'url must begin with https://' }] },
    });
  });
});
