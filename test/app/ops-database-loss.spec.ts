import { Client } from 'pg';
import { startOwnServer, type OwnServer } from '../support/own-server.js';
import { consume, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { queryRow, until } from '../support/embedded-process.js';
import { statuses, type Answer } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { untilBlocked } from '../support/lock-waiters.js';
import { loseEveryConnection } from '../support/lost-connections.js';

/** Keeps asking until it is told to end. @returns every answer. */
function load(person: Person, callers: number): { end(): Promise<Answer[]>; answered(): number } {
  let going = true;
  const answers: Answer[] = [];
  const caller = async () => {
    while (going) answers.push(await consume(person));
  };
  const all = Promise.all(Array.from({ length: callers }, caller));
  return {
    answered: () => answers.length,
    end: async () => {
      going = false;
      await all;
      return answers;
    },
  };
}

describe('a lost database', () => {
  let server: OwnServer;
  let app: CommercialApp;
  let anna: Person;

  beforeAll(async () => {
    server = await startOwnServer();
    app = await startApp({ database: { url: server.url, drop: async () => {} } });
    anna = await register(app, 'anna');
    await app.sql('UPDATE commercial.quota_balances SET granted = 1000000');
  });
  afterAll(async () => {
    await app?.close();
    await server.remove();
  });
  afterEach(() => expectInvariants(app.dataSource));

  async function isReady(): Promise<boolean> {
    return (await app.call('GET', '/health/ready')).status === 200;
  }

  async function usages(): Promise<number> {
    const [row] = await app.sql<{ count: string }>('SELECT count(*) FROM commercial.usage_logs');
    return Number(row!.count);
  }

  /** Those who were answered 200 were debited; those whose connection broke may have been. */
  function expectExplained(answers: Answer[], debited: number): void {
    const { 200: served = 0, 503: lost = 0, ...others } = statuses(answers);
    expect(others).toEqual({});
    expect(debited).toBeGreaterThanOrEqual(served);
    expect(debited).toBeLessThanOrEqual(served + lost);
  }

  it('is not felt beyond the requests of the connections that broke', async () => {
    const before = await usages();
    const running = load(anna, 8);
    for (let round = 1; round <= 5; round += 1) {
      const goal = running.answered() + 20;
      await until(async () => running.answered() >= goal);
      await queryRow(
        server.url,
        `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
    }
    const goal = running.answered() + 20;
    await until(async () => running.answered() >= goal);
    const answers = await running.end();
    expectExplained(answers, (await usages()) - before);
    expect(await isReady()).toBe(true);
  });

  it('may restart under load', async () => {
    const before = await usages();
    const running = load(anna, 8);
    const goal = 20;
    await until(async () => running.answered() >= goal);
    await server.stop();
    await server.start();
    await until(isReady);
    const again = running.answered() + 20;
    await until(async () => running.answered() >= again);
    expectExplained(await running.end(), (await usages()) - before);
  });

  it('may crash under load', async () => {
    const before = await usages();
    const running = load(anna, 8);
    await until(async () => running.answered() >= 20);
    await server.kill();
    await server.start();
    await until(isReady);
    expectExplained(await running.end(), (await usages()) - before);
    expect((await consume(anna)).status).toBe(200);
  });

  it('makes the process not ready and every answer a clear 503, and is over when the database is back', async () => {
    await server.stop();
    expect((await app.call('GET', '/health/live')).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/health/ready'],
      ['GET', '/plans'],
      ['GET', '/quota'],
      ['POST', '/quota/consume'],
      ['POST', '/auth/login'],
    ] as const) {
      const body = path === '/auth/login' ? { email: anna.email, password: 'whatever it was' } : undefined;
      const answer = await anna.call(method, path, {
        body: path === '/quota/consume' ? { resourceType: 'dicom_processing' } : body,
      });
      expect([path, answer.status, answer.body.code]).toEqual([path, 503, 'SERVICE_UNAVAILABLE']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|postgres/i);
    }
    await server.start();
    await until(isReady);
    expect((await consume(anna)).status).toBe(200);
  });

  it('makes an order’s creation fail cleanly, and the same key order once when it is back', async () => {
    await server.stop();
    const call = {
      body: { planCode: 'pro', provider: 'alipay' },
      headers: { 'idempotency-key': 'once' },
    } as const;
    expect((await anna.call('POST', '/subscriptions', call)).status).toBe(503);
    await server.start();
    await until(isReady);
    const first = await anna.call('POST', '/subscriptions', call);
    const second = await anna.call('POST', '/subscriptions', call);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.payment.orderId).toBe(first.body.payment.orderId);
  });

  it('leaves the process alive while every request waits for a lock, and serves them all in the end', async () => {
    const holder = new Client(server.url);
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE commercial.quota_balances IN ACCESS EXCLUSIVE MODE');
      const stuck = Array.from({ length: 10 }, () => consume(anna));
      await untilBlocked(server.url);
      expect((await app.call('GET', '/health/live')).status).toBe(200);
      await holder.query('ROLLBACK');
      const { 200: served } = statuses(await Promise.all(stuck));
      expect(served).toBe(10);
    } finally {
      await holder.end();
    }
  });

  it('answers a clear 503 where a lock outlasts the time that a statement has', async () => {
    const holder = new Client(server.url);
    await holder.connect();
    try {
      await holder.query(`ALTER DATABASE ${holder.database} SET statement_timeout = '200ms'`);
      await loseEveryConnection(app, server.url);
      await holder.query('BEGIN; LOCK TABLE commercial.quota_balances IN ACCESS EXCLUSIVE MODE');
      for (const [method, path] of [
        ['GET', '/quota'],
        ['POST', '/quota/consume'],
        ['POST', '/quota/check'],
      ] as const) {
        const body = method === 'POST' ? { resourceType: 'dicom_processing' } : undefined;
        const answer = await anna.call(method, path, { body });
        expect([path, answer.status, answer.body.code]).toEqual([path, 503, 'SERVICE_UNAVAILABLE']);
        expect(answer.headers.get('retry-after')).toBe('5');
      }
      await holder.query('ROLLBACK');
      expect((await consume(anna)).status).toBe(200);
    } finally {
      await holder.query(`ROLLBACK; ALTER DATABASE ${holder.database} RESET statement_timeout`);
      await holder.end();
    }
  });
});
