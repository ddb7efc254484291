import { NestFactory } from '@nestjs/core';
import { Pool, type PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { WebhooksService } from '../../src/billing/settlement/notifications/webhooks.service.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { RawNotification } from '../../src/providers/raw-notification.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import { createSandboxCredentials } from '../../src/sandbox/index.js';
import { SystemClock } from '../../src/time/clock.js';
import { POOL_SIZE, type Cluster } from './cluster.js';
import type { Effort } from './effort.js';
import { byTurns, drain, type Load } from './load.js';
import { BenchNotices } from './settle-notices.js';
import { BenchOrders, type BenchOrder } from './settle-orders.js';
import { SETTLE_BY_HAND } from './settle-statements.js';

/** As many notifications arrive at a time; fewer than connections, so that none waits for one. */
const CALLERS = 16;
/** Four contestants, a turn to warm up and five that count: as many orders as there are accounts must do. */
const ORDERS_PER_TURN = 400;

type Settlements = Record<'alipay' | 'wechat' | 'sql' | 'verify', Load>;

export interface SettleFigures {
  /** Settlements per second of each channel to what it can't do without: bare SQL, and bare RSA verification. */
  alipay: { toSql: number; toVerify: number };
  wechat: { toSql: number; toVerify: number };
  raw: Settlements;
}

/** Signed notifications through the webhooks' service, beside the least that a settlement is made of. */
export async function measureSettle(cluster: Cluster, effort: Effort): Promise<SettleFigures> {
  const keys = createSandboxCredentials();
  const notices = new BenchNotices(keys);
  const orders = await BenchOrders.create(cluster.dataSource);
  const webhooks = await startWebhooks(cluster, keys.merchant);
  const pool = new Pool({ connectionString: cluster.url, max: POOL_SIZE });

  const channel = (name: 'alipay' | 'wechat') => async () => {
    const taken = await orders.take(name, ORDERS_PER_TURN);
    const received = taken.map((order) => notices[name](order));
    return drain(CALLERS, received, (raw) => webhooks.receive(name, raw));
  };
  const sql = async () =>
    drain(CALLERS, await orders.take('alipay', ORDERS_PER_TURN), (order) => settleByHand(pool, order));
  const verify = async () => {
    const checks = (await orders.take('alipay', ORDERS_PER_TURN)).map((order) =>
      notices.verification(notices.alipay(order)),
    );
    return drain(1, checks, async (check) => {
      if (!check()) throw new Error('a signature of the bench itself is wrong');
    });
  };
  try {
    const contestants = { alipay: channel('alipay'), wechat: channel('wechat'), sql, verify };
    await byTurns(1, contestants);
    const raw = await byTurns(effort.rounds, contestants);
    return { alipay: ratios(raw, 'alipay'), wechat: ratios(raw, 'wechat'), raw };
  } finally {
    await Promise.all([webhooks.close(), pool.end()]);
  }
}

function ratios(raw: Settlements, channel: 'alipay' | 'wechat') {
  const { perSecond } = raw[channel];
  return { toSql: perSecond / raw.sql.perSecond, toVerify: perSecond / raw.verify.perSecond };
}

async function startWebhooks(
  { url }: Cluster,
  { alipay, wechat }: ReturnType<typeof createSandboxCredentials>['merchant'],
) {
  const dataSource = await createDataSource({ url, poolSize: POOL_SIZE }).initialize();
  const clock = new SystemClock();
  // Never called: a notification that fits its order leaves nothing to ask.
  const nowhere = 'http://127.0.0.1:9';
  const others = [
    new AlipayProvider({ ...alipay, gateway: nowhere }, clock),
    new WechatPayProvider({ ...wechat, baseUrl: nowhere }, clock),
  ];
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      clock,
      jwt: { secret: 'only-for-the-bench-32-bytes-long-or-more' },
      publicUrl: 'http://127.0.0.1',
      payments: { others },
    }),
    { logger: ['error'] },
  );
  const webhooks = app.get(WebhooksService, { strict: false });
  return {
    async receive(name: string, raw: RawNotification): Promise<void> {
      const answer = await webhooks.receive(name, raw);
      if (!answer || answer.status >= 300) throw new Error(`${name} was refused: ${answer?.body}`);
    },
    async close(): Promise<void> {
      await app.close();
      await dataSource.destroy();
    },
  };
}

/** One transaction with the statements of a settlement, prepared, and nothing else. */
async function settleByHand(pool: Pool, order: BenchOrder): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await runStatements(client, order);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function runStatements(client: PoolClient, order: BenchOrder): Promise<void> {
  const now = new Date();
  for (const [name, { text, values }] of Object.entries(SETTLE_BY_HAND)) {
    const { rowCount } = await client.query({ name, text, values: values(order, uuid(), now) });
    if (rowCount === 0) throw new Error(`${name} found nothing`);
  }
}
