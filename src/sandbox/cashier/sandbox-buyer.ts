import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../../problems/problem.js';
import { AlipayNotices } from '../alipay/alipay-notices.js';
import { pay, type SandboxOrder } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { ALIPAY_GATEWAY_PATH, SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { WechatNotices } from '../wechat/wechat-notices.js';

/** Any number that either channel would take; others are not worth a look-up. */
const ORDER_ID = /^[0-9A-Za-z_\-|*]{1,64}$/;
const OPEN_TIMEOUT_MS = 5_000;

/** The buyer: opens an order's payment link where that is still to be done, and pays. */
@Injectable()
export class SandboxBuyer {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly alipayNotices: AlipayNotices,
    private readonly wechatNotices: WechatNotices,
  ) {}

  /**
   * The order at its gateway, opened first if need be.
   *
   * @param redirectUrl where the link of a mobile browser leads back to (WeChat Pay's H5)
   * @throws Problem NOT_FOUND, or CHANNEL_REFUSED or CHANNEL_UNAVAILABLE for a payment link that can't be opened.
   */
  async visit(orderId: string, redirectUrl: string | null = null): Promise<SandboxOrder> {
    const order = await this.find(orderId);
    if (order.method !== 'h5' || redirectUrl === null || !/^https?:/i.test(redirectUrl)) return order;
    return this.orders.save({ ...order, returnUrl: redirectUrl });
  }

  private async find(orderId: string): Promise<SandboxOrder> {
    const notFound = new Problem('NOT_FOUND', { params: { what: 'order' } });
    if (!ORDER_ID.test(orderId)) throw notFound;
    const known = this.orders.findAnywhere(orderId);
    if (known) return known;
    const paymentUrl = await this.options.paymentUrlOf?.(orderId);
    if (!paymentUrl || !isOurGateway(paymentUrl)) throw notFound;
    await openLink(paymentUrl);
    const opened = this.orders.findAnywhere(orderId);
    if (!opened) throw notFound;
    return opened;
  }

  /**
   * Pays an order; its gateway notifies the merchant in the background.
   * @throws Problem as {@link visit} does, and PAYMENT_NOT_PENDING for an order paid, closed or expired.
   */
  async pay(orderId: string): Promise<void> {
    const order = await this.visit(orderId);
    if (order.state !== 'unpaid')
      throw new Problem('PAYMENT_NOT_PENDING', { params: { status: order.state } });
    const paid = this.orders.save(pay(order, this.options.clock.now()));
    if (paid.channel === 'alipay') this.alipayNotices.paid(paid);
    else this.wechatNotices.paid(paid);
  }
}

/** Links to anywhere else, the real Alipay included, are not the sandbox's to open. */
function isOurGateway(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.endsWith(ALIPAY_GATEWAY_PATH);
}

/** Follows the link over HTTP, as a browser would: so the gateway really checks the merchant's signature. */
async function openLink(url: string): Promise<void> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(OPEN_TIMEOUT_MS),
  }).catch(() => {
    throw new Problem('CHANNEL_UNAVAILABLE', { params: { provider: 'alipay' } });
  });
  await response.body?.cancel();
  if (response.status !== 302) {
    const reason = {
      en: `its payment page answered ${response.status}`,
      'zh-CN': `其支付页返回 ${response.status}`,
    };
    throw new Problem('CHANNEL_REFUSED', { params: { provider: 'alipay', reason } });
  }
}
