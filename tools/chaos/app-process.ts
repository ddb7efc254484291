/** The app under test: the stand-alone app as it is, with crash points around its channels and its DataSource. */
import { createApp } from '../../src/app/create-app.js';
import { Administrators } from '../../src/auth/api/users/administrators.js';
import { Janitor } from '../../src/billing/settlement/polling/janitor.service.js';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import { SubscriptionBalances } from '../../src/quota/balances/subscription-balances.js';
import { ALIPAY_GATEWAY_PATH, WECHAT_BASE_PATH } from '../../src/sandbox/options/sandbox.options.js';
import { JWT_KEY } from '../../test/support/app.js';
import { CrashPoints } from '../../test/support/crash-points.js';
import { obey, settingsOfProcess, untilBegun } from '../../test/support/child-orders.js';
import { MovableClock } from '../../test/support/movable-clock.js';
import { ADMINISTRATOR } from './buyers.js';
import type { Order, ProcessSettings } from './messages.js';

/** Short, so that the channel's delays are over it now and then. */
const TIMEOUT_MS = 1_500;
const DAY_MS = 86_400_000;

await untilBegun();
const { port, gatewayUrl, databaseUrl, keys, aheadMs } = settingsOfProcess<ProcessSettings>();
const clock = new MovableClock();
clock.forward(aheadMs);
const crash = new CrashPoints();
const dataSource = await createDataSource({ url: databaseUrl, poolSize: 8, serving: true }).initialize();
await runMigrations(dataSource);
const { alipay, wechat } = keys.merchant;
const providers = [
  new AlipayProvider({ ...alipay, gateway: gatewayUrl + ALIPAY_GATEWAY_PATH, timeoutMs: TIMEOUT_MS }, clock),
  new WechatPayProvider({ ...wechat, baseUrl: gatewayUrl + WECHAT_BASE_PATH, timeoutMs: TIMEOUT_MS }, clock),
];
const app = await createApp({
  commercial: {
    dataSource,
    clock,
    jwt: { secret: JWT_KEY },
    publicUrl: `http://127.0.0.1:${port}`,
    payments: { others: providers.map((provider) => crash.wrap(provider)) },
    jobs: true,
  },
  dataSource,
  sandbox: null,
  logLevel: 'silent',
  trustProxy: null,
});
await app.init();
await app.get(PlansService, { strict: false }).seed();
await app.get(Administrators, { strict: false }).ensureAdministrator(ADMINISTRATOR);
// Only now: a start that dies again and again would be no run.
crash.watch(dataSource);
await app.listen(port, '127.0.0.1');

obey<Order>((order) => {
  switch (order.do) {
    case 'arm':
      crash.arm(order.point, order.skip);
      return 0;
    case 'disarm':
      crash.disarm();
      return 0;
    case 'forward':
      clock.forward(order.ms);
      return 0;
    case 'runDue':
      return app.get(Janitor, { strict: false }).runDue();
    case 'turnMonth':
      return turnMonth();
    case 'cheapen':
    case 'twin':
      return 0;
  }
});

/** The subscriptions last on, as a yearly one would: what is tried here is the quota's month, not the billing cycle. */
async function turnMonth(): Promise<number> {
  await dataSource.query(
    `WITH lasting AS (
       UPDATE commercial.subscription_periods d SET ends_at = ends_at + interval '1 year'
       FROM commercial.subscriptions s
       WHERE s.id = d.subscription_id AND s.status = 'active' AND d.ended_at IS NULL
         AND d.ends_at = s.current_period_end
     )
     UPDATE commercial.subscriptions
     SET current_period_end = current_period_end + interval '1 year',
       in_force_until = in_force_until + interval '1 year', due_at = due_at + interval '1 year'
     WHERE status = 'active'`,
  );
  clock.forward(32 * DAY_MS);
  const accounts: { account_id: string }[] = await dataSource.query(
    `SELECT account_id FROM commercial.subscriptions WHERE status = 'active'`,
  );
  const balances = app.get(SubscriptionBalances, { strict: false });
  for (const { account_id: accountId } of accounts) {
    await Promise.all(Array.from({ length: 4 }, () => balances.touch(accountId)));
  }
  return accounts.length;
}
