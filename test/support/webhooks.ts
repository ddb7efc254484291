import type { CommercialApp } from './app.js';

const TABLES = ['orders', 'payment_refunds', 'subscriptions', 'quota_balances', 'usage_logs'];

/** Everything that money or quota consists of, for telling that nothing was changed. */
export async function books(app: CommercialApp): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of TABLES) rows[table] = await app.sql(`SELECT * FROM commercial.${table} ORDER BY id`);
  return rows;
}

/** How many notifications had that outcome so far, as /metrics tells it. */
export async function counted(app: CommercialApp, provider: string, outcome: string): Promise<number> {
  const { body } = await app.call('GET', '/metrics');
  const line = new RegExp(
    `^commercial_payment_notifications_total\\{provider="${provider}",outcome="${outcome}"\\} (\\d+)$`,
    'm',
  );
  return Number(line.exec(body)?.[1] ?? 0);
}

/** What is on record of an order's notifications. */
export function recorded(
  app: CommercialApp,
  orderId: string,
): Promise<{ outcome: string; copies: number }[]> {
  return app.sql(
    `SELECT outcome, copies FROM commercial.payment_notifications WHERE order_id = $1 ORDER BY received_at, id`,
    [orderId],
  );
}
