import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import {
  LARGE_BILL_DAY,
  LARGE_BILL_ORDER_SQL,
  serveLargeBill,
} from '../../test/support/large-bill-server.js';
import { startProcess } from '../../test/support/app-process.js';
import { send } from '../../test/support/http-client.js';
import { createTemporaryFolder } from '../../test/support/temporary-folder.js';
import { idOf } from './accounts.js';
import type { Cluster } from './cluster.js';
import { PRICE_FEN } from './settle-orders.js';

const ADMINISTRATOR = { email: 'bench@example.com', password: 'correct horse battery staple' };

export interface BillFigures {
  lines: number;
  matched: number;
  seconds: number;
  /** Resident memory of the serving process at most, in MiB: before the run, and over all. */
  startedMiB: number;
  peakMiB: number;
}

/**
 * The built service, as `npm start` runs it, reconciles a bill of Alipay's of so many lines by its administrator's
 * route: download, zip, GBK, comparison. The daily job does the same in the same process. Linux only: it reads /proc.
 */
export async function measureBill(cluster: Cluster, lines: number): Promise<BillFigures> {
  await makePayments(cluster.dataSource, lines);
  const bill = await serveLargeBill('alipay', lines);
  const folder = await createTemporaryFolder();
  const { child, ready, ended } = startProcess(folder, {
    DATABASE_URL: cluster.url,
    PAYMENTS_SANDBOX: 'false',
    ALIPAY_APP_ID: bill.alipay.appId,
    ALIPAY_SELLER_ID: bill.alipay.sellerId,
    ALIPAY_PRIVATE_KEY: bill.alipay.privateKey,
    ALIPAY_PUBLIC_KEY: bill.alipay.alipayPublicKey,
    ALIPAY_GATEWAY: bill.alipay.gateway,
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    LOG_LEVEL: 'error',
  });
  try {
    const url = await ready;
    const { body } = await send(`${url}/auth/login`, 'POST', { body: ADMINISTRATOR });
    const startedMiB = peakMiB(child.pid!);
    const started = performance.now();
    const answer = await send(`${url}/admin/reconciliations`, 'POST', {
      token: body.accessToken,
      body: { provider: 'alipay', date: LARGE_BILL_DAY },
    });
    const seconds = (performance.now() - started) / 1000;
    if (answer.body.status !== 'done') throw new Error(JSON.stringify(answer.body));
    const { lines: read, matched } = answer.body;
    return { lines: read, matched, seconds, startedMiB, peakMiB: peakMiB(child.pid!) };
  } finally {
    child.kill('SIGTERM');
    await ended;
    await bill.close();
    await folder.remove();
  }
}

/** One account that bought as often as the bill has lines. */
async function makePayments(dataSource: DataSource, lines: number): Promise<void> {
  const id = idOf(1);
  await dataSource.query(
    `INSERT INTO commercial.orders
       (id, order_id, account_id, user_id, provider, purpose, plan_id, subscription_id, amount_fen, currency, subject,
        status, provider_trade_no, paid_at, expires_at, created_at)
     SELECT gen_random_uuid(), ${LARGE_BILL_ORDER_SQL}, '${id}', '${id}', 'alipay', 'subscription', '${idOf(0)}',
       '${id}', ${PRICE_FEN}, 'CNY', 'bench', 'paid', lpad(n::text, 28, '0'), day + interval '8 hours',
       day + interval '9 hours', day
     FROM generate_series(0, $1::integer - 1) AS n, (SELECT '${LARGE_BILL_DAY}T00:00:00+08:00'::timestamptz AS day) d`,
    [lines],
  );
  await dataSource.query('ANALYZE commercial.orders');
}

function peakMiB(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1024);
}
