import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { PaymentProvider } from '../../src/providers/payment-provider.js';
import type { RawNotification } from '../../src/providers/raw-notification.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import {
  describePaymentProvider,
  paymentProviderContract,
  type ProviderWorld,
} from '../../src/sandbox/index.js';
import {
  MerchantEndpoint,
  newOrderId,
  payAsBuyer,
  startSandbox,
  stopEverything,
} from '../support/sandbox-harness.js';

afterEach(stopEverything);

type Channel = 'alipay' | 'wechat';

/** A world at the sandbox. `change` makes the provider another one. */
async function openWorld(
  channel: Channel,
  change: (honest: PaymentProvider) => Partial<PaymentProvider> = () => ({}),
): Promise<ProviderWorld> {
  const sandbox = await startSandbox();
  const inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  const { alipay, wechat } = sandbox.keys.merchant;
  const gateway = `${sandbox.url}/sandbox/alipay/gateway.do`;
  const honest: PaymentProvider =
    channel === 'alipay'
      ? new AlipayProvider({ ...alipay, gateway }, sandbox.clock)
      : new WechatPayProvider({ ...wechat, baseUrl: `${sandbox.url}/sandbox/wechat` }, sandbox.clock);
  return {
    provider: altered(honest, change(honest)),
    newOrder: (): PaymentOrder => ({
      orderId: newOrderId(),
      amountFen: 1999,
      currency: 'CNY',
      subject: '专业版',
      expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
      notifyUrl: inbox.url,
      returnUrl: null,
      method: channel === 'alipay' ? 'qr' : null,
      payer: { ip: null, openId: null },
    }),
    pay: async ({ orderId }) => {
      const { status } = await payAsBuyer(sandbox, orderId);
      if (status !== 204) throw new Error(`answered ${status}`);
    },
    nextNotification: async (): Promise<RawNotification> => {
      const { headers, body } = await inbox.next();
      return { headers, body: Buffer.from(body) };
    },
    cutOff: () => sandbox.close(),
    close: async () => {
      await sandbox.close();
      await inbox.close();
    },
  };
}

/** The honest provider with some of its parts replaced; its private fields need it for `this`. */
function altered(honest: PaymentProvider, change: Partial<PaymentProvider>): PaymentProvider {
  return new Proxy(honest, {
    get(target, name) {
      const value = Reflect.get(name in change ? change : target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describePaymentProvider('Alipay', () => openWorld('alipay'), { describe, it });
describePaymentProvider('WeChat Pay', () => openWorld('wechat'), { describe, it });

async function brokenPromises(
  channel: Channel,
  change: (honest: PaymentProvider) => Partial<PaymentProvider>,
): Promise<string[]> {
  const broken: string[] = [];
  for (const { name, run } of paymentProviderContract) {
    const world = await openWorld(channel, change);
    await run(world).catch(() => broken.push(name));
    await world.close();
  }
  return broken;
}

describe('a broken provider fails the contract', () => {
  const paid = (orderId: string, amountFen: number) => ({
    outcome: 'paid' as const,
    trade: { orderId, tradeNo: '42', amountFen, currency: 'CNY', paidAt: new Date() },
  });
  let retries = 0;

  it.each<[string, Channel, (honest: PaymentProvider) => Partial<PaymentProvider>, string]>([
    [
      'that believes any notification',
      'alipay',
      () => ({
        readNotification: async ({ body }) => {
          const orderId = new URLSearchParams(body.toString()).get('out_trade_no') ?? '';
          return { outcome: 'payment', notificationId: '1', orderId, observation: paid(orderId, 1999) };
        },
      }),
      'refuses a notification with any byte changed',
    ],
    [
      'that throws on what strangers send',
      'wechat',
      (honest) => ({
        readNotification: (raw) => {
          JSON.parse(raw.body.toString());
          return honest.readNotification(raw);
        },
      }),
      'refuses what strangers send, and never throws',
    ],
    [
      'that makes a new refund number at every retry',
      'wechat',
      (honest) => ({
        refund: (refund) => honest.refund({ ...refund, refundNo: `X${(retries += 1)}${refund.refundNo}` }),
      }),
      'moves the money of one refund number once, however often it is asked',
    ],
    [
      'that takes a time-out for a failed refund',
      'alipay',
      (honest) => ({
        refund: async (refund) => {
          const result = await honest.refund(refund);
          return result.outcome === 'unknown' ? { outcome: 'failed', code: 'TIMEOUT', message: '' } : result;
        },
      }),
      'does not take a refund for failed while the channel is away',
    ],
    [
      'that tells of a refund what it is asked for',
      'wechat',
      (honest) => ({
        queryRefund: async (refund) => {
          const { amountFen: _, ...result } = (await honest.queryRefund({
            ...refund,
            amountFen: null,
          })) as any;
          return result;
        },
      }),
      'tells the amount of a refund that is known by its number alone',
    ],
    [
      'that takes silence for a closed order',
      'wechat',
      (honest) => ({
        queryPayment: async (orderId) => {
          const seen = await honest.queryPayment(orderId);
          return seen.outcome === 'unknown' ? { outcome: 'closed' } : seen;
        },
      }),
      'knows nothing while the channel is away, and neither throws nor guesses',
    ],
    [
      'that takes every refused close for a close',
      'alipay',
      () => ({ closePayment: async () => ({ outcome: 'closed' }) }),
      'does not take a paid order for closed',
    ],
    [
      'that reads yuan as fen',
      'alipay',
      (honest) => ({
        queryPayment: async (orderId) => {
          const seen = await honest.queryPayment(orderId);
          return seen.outcome === 'paid' ? paid(orderId, Math.floor(seen.trade.amountFen / 100)) : seen;
        },
      }),
      'tells a payment truly, by query and by notification alike',
    ],
    [
      'that takes an order not known yet for failed',
      'wechat',
      (honest) => ({
        queryPayment: async (orderId) => {
          const seen = await honest.queryPayment(orderId);
          return seen.outcome === 'pending' ? { outcome: 'closed' } : seen;
        },
      }),
      'takes an order that is not paid, or not known to the channel, for pending',
    ],
  ])('%s', async (_, channel, change, promise) => {
    expect(await brokenPromises(channel, change)).toContain(promise);
  });
});
