import { randomUUID } from 'node:crypto';
import { Janitor } from '../../src/billing/settlement/polling/janitor.service.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import {
  administrator,
  buy,
  consume,
  order,
  register,
  startApp,
  type CommercialApp,
} from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { parseMetrics, total, type Family } from '../support/prometheus.js';

describe('metrics', () => {
  let database: TestDatabase;
  let app: CommercialApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    const dataSource = await createDataSource({ url: database.url }).initialize();
    await runMigrations(dataSource).finally(() => dataSource.destroy());
    app = await startApp({ database, commercial: { jobs: true } });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function scrape(): Promise<Map<string, Family>> {
    return parseMetrics((await app.call('GET', '/metrics')).body);
  }

  /** How much a value grew while that was done. */
  async function growth(name: string, labels: Record<string, string>, work: () => Promise<unknown>) {
    const before = total(await scrape(), name, labels);
    await work();
    return total(await scrape(), name, labels) - before;
  }

  it('are named as Prometheus wants, told by type, and histograms add up', async () => {
    await app.call('GET', '/plans');
    const families = await scrape();
    for (const [name, { type, help, samples }] of families) {
      expect(help).not.toBe('');
      expect(type).toMatch(/^(counter|gauge|histogram|summary)$/);
      // Node's defaults are the library's own, a few of them older than the convention.
      if (type === 'counter') expect(name).toMatch(/_total$/);
      else expect(name).not.toMatch(/^(commercial|http).*_total$/);
      for (const { name: of, labels, value } of samples) {
        if (of.endsWith('_bucket') && labels['le'] === '+Inf') {
          const { le: _, ...rest } = labels;
          const counts = samples.filter(
            (one) =>
              one.name === of.replace(/_bucket$/, '_count') &&
              Object.entries(rest).every(([label, text]) => one.labels[label] === text),
          );
          expect(counts.map((one) => one.value)).toEqual([value]);
        }
      }
    }
    expect(families.has('process_resident_memory_bytes')).toBe(true);
    expect(families.has('nodejs_eventloop_lag_seconds')).toBe(true);
  });

  it('tell how long requests took, by route template, method and class of status', async () => {
    const name = 'http_request_duration_seconds_count';
    const ofPlans = { route: '/plans', method: 'GET', status: '2xx' };
    expect(await growth(name, ofPlans, () => app.call('GET', '/plans'))).toBe(1);
    const refused = { route: '/users/me', method: 'GET', status: '4xx' };
    expect(await growth(name, refused, () => app.call('GET', '/users/me'))).toBe(1);
  });

  it('make no new series for ids, guessed paths or made-up words', async () => {
    const anna = await register(app, 'visitor');
    const visit = async () => {
      await anna.call('GET', `/payments/${randomUUID()}`);
      await app.call('GET', `/${randomUUID()}`);
      await app.call('POST', `/webhooks/${randomUUID()}`, { body: {} });
      await anna.call('POST', '/quota/consume', { body: { resourceType: randomUUID() } });
    };
    // Node's own have one for each kind of handle that happens to be open.
    const series = async () =>
      [...(await scrape())]
        .filter(([family]) => !family.startsWith('nodejs_'))
        .flatMap(([, { samples }]) => samples).length;
    await visit();
    await scrape();
    const before = await series();
    for (let times = 0; times < 5; times += 1) await visit();
    expect(await series()).toBe(before);
    const routes = new Set(
      [...(await scrape()).get('http_request_duration_seconds')!.samples].map(
        ({ labels }) => labels['route'],
      ),
    );
    expect(routes).toContain('/payments/:orderId');
    expect(routes).toContain('unmatched');
  });

  it('count debits and the batches that carried them', async () => {
    const anna = await register(app, 'debtor');
    const debits = { quota_type: 'processing_count', outcome: 'consumed' };
    const batches = { kind: 'debit' };
    const grown = await growth('commercial_quota_batch_size_sum', batches, async () => {
      expect(
        await growth('commercial_quota_debits_total', debits, () =>
          Promise.all([consume(anna), consume(anna), consume(anna)]),
        ),
      ).toBe(3);
    });
    // A debit may come twice: an account that has to be brought up to date first is sent again.
    expect(grown).toBeGreaterThanOrEqual(3);
    expect(total(await scrape(), 'commercial_quota_waiting')).toBe(0);
  });

  it('count settlements, notifications refused, and refunds by state', async () => {
    const anna = await register(app, 'buyer');
    const admin = await administrator(app);
    const settled = { provider: 'alipay', source: 'notification', outcome: 'changed' };
    let orderId = '';
    expect(
      await growth('commercial_settlements_total', settled, async () => {
        orderId = await buy(app, anna, 'alipay');
      }),
    ).toBe(1);
    const refused = await growth('commercial_payment_notifications_total', { provider: 'wechat' }, () =>
      app.call('POST', '/webhooks/wechat', { body: { id: 'forged' } }),
    );
    expect(refused).toBe(1);
    expect(
      await growth('commercial_refunds_total', { state: 'succeeded' }, () =>
        admin.call('POST', `/payments/${orderId}/refunds`, { body: { reason: 'wished' } }),
      ),
    ).toBe(1);
    expect(total(await scrape(), 'commercial_refunds_pending')).toBe(0);
  });

  it('tell how far the janitor is behind, by the business clock', async () => {
    const lost = await startApp({ notifications: false });
    try {
      const ben = await register(lost, 'ben');
      await lost.app.get(Janitor, { strict: false }).runDue();
      const ordered = performance.now();
      await order(ben, 'wechat');
      const lag = async () =>
        total(parseMetrics((await lost.call('GET', '/metrics')).body), 'commercial_janitor_lag_seconds');
      expect(await lag()).toBe(0);
      lost.clock.forward(120_000);
      // The first check is due five seconds after the order; the clock runs on meanwhile.
      const behind = await lag();
      expect(behind).toBeGreaterThan(114.5);
      expect(behind).toBeLessThan(115.5 + (performance.now() - ordered) / 1000);
      await lost.app.get(Janitor, { strict: false }).runDue();
      expect(await lag()).toBe(0);
    } finally {
      await lost.close();
    }
  });

  it('tell of the pool, and of jobs', async () => {
    const families = await scrape();
    const connections = families.get('commercial_database_pool_connections')!.samples;
    expect(connections.map(({ labels }) => labels['state']).sort()).toEqual(['busy', 'idle']);
    expect(total(families, 'commercial_database_pool_connections')).toBeGreaterThan(0);
    expect(total(families, 'commercial_database_pool_waiting')).toBe(0);
    await until(
      async () =>
        total(await scrape(), 'commercial_job_duration_seconds_count', {
          queue: 'overdue-checks',
          outcome: 'completed',
        }) > 0,
    );
  });
});
