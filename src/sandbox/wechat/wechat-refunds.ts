import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { channelNumber } from '../records/channel-number.js';
import {
  findRefund,
  putRefund,
  refundedFen,
  type SandboxOrder,
  type SandboxRefund,
} from '../records/sandbox-order.js';
import { SandboxFaults } from '../faults/sandbox-faults.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { readBody, refundBody, type RefundBody } from './wechat-bodies.js';
import { WechatError } from '../wire/wechat-error.js';
import { WechatNotices } from './wechat-notices.js';
import { refundResource } from './wechat-resources.js';

const MAX_PARTS = 50;
const REFUNDABLE_MS = 365 * 24 * 3_600_000;

type Resource = Record<string, unknown>;

/** Refunds are accepted first and done a moment later, where they aren't held; `out_refund_no` is their idempotency key. */
@Injectable()
export class WechatRefunds implements OnApplicationBootstrap {
  private readonly logger = new Logger('SandboxRefunds');

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly notices: WechatNotices,
    private readonly faults: SandboxFaults,
  ) {}

  /** Refunds that were accepted before the process ended are done now. */
  onApplicationBootstrap(): void {
    for (const order of this.orders.all()) {
      if (order.channel !== 'wechat') continue;
      for (const { refundNo } of order.refunds) this.complete(order.outTradeNo, refundNo);
    }
  }

  /** POST /v3/refund/domestic/refunds */
  create(bytes: Buffer): Resource {
    const body = readBody(refundBody, bytes);
    const order = this.orderOf(body);
    if (body.amount.total !== order.amountFen)
      throw WechatError.invalidRequest('订单金额或退款金额与之前请求不一致');
    const earlier = findRefund(order, body.out_refund_no);
    if (earlier && earlier.amountFen !== body.amount.refund) {
      throw WechatError.invalidRequest('订单金额或退款金额与之前请求不一致');
    }
    if (earlier) return refundResource(order, earlier);
    this.assertRefundable(order, body.amount.refund);
    if (this.faults.takeRefusedRefund('wechat'))
      throw new WechatError(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    const refund = this.newRefund({
      refundNo: body.out_refund_no,
      amountFen: body.amount.refund,
      reason: body.reason ?? null,
      notifyUrl: body.notify_url ?? null,
    });
    return refundResource(this.accept(order, refund), refund);
  }

  /**
   * Somebody refunds at the merchant platform, under a number made there; the order's own address hears of it.
   * @throws WechatError as {@link create} does
   */
  refundAtConsole(order: SandboxOrder, amountFen: number): SandboxRefund {
    this.assertRefundable(order, amountFen);
    const { notifyUrl } = order;
    const refundNo = channelNumber('console@', 32);
    const refund = this.newRefund({ refundNo, amountFen, reason: null, notifyUrl });
    this.accept(order, refund);
    return refund;
  }

  private accept(order: SandboxOrder, refund: SandboxRefund): SandboxOrder {
    const accepted = this.orders.save(putRefund(order, refund));
    this.completeSoon(order.outTradeNo, refund.refundNo);
    return accepted;
  }

  /** GET /v3/refund/domestic/refunds/{out_refund_no} */
  query(refundNo: string): Resource {
    for (const { channel, outTradeNo, refunds } of this.orders.all()) {
      if (channel !== 'wechat' || !refunds.some((refund) => refund.refundNo === refundNo)) continue;
      this.complete(outTradeNo, refundNo);
      const order = this.orders.find('wechat', outTradeNo);
      const refund = order && findRefund(order, refundNo);
      if (refund) return refundResource(order, refund);
    }
    throw new WechatError(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  }

  /** Not before the answer "accepted" has been made: at the real channel, too, the money takes its time. */
  private completeSoon(outTradeNo: string, refundNo: string): void {
    setImmediate(() => {
      try {
        this.complete(outTradeNo, refundNo);
      } catch (error) {
        // It stays accepted, and the next query tries again.
        this.logger.error(error);
      }
    });
  }

  /** Does an accepted refund, once, and tells the merchant. */
  private complete(outTradeNo: string, refundNo: string): void {
    const order = this.orders.find('wechat', outTradeNo);
    const refund = order && findRefund(order, refundNo);
    if (!refund || refund.state === 'succeeded' || this.faults.holdsRefunds('wechat')) return;
    const done: SandboxRefund = {
      ...refund,
      state: 'succeeded',
      succeededAt: this.options.clock.now().toISOString(),
    };
    this.notices.refunded(this.orders.save(putRefund(order, done)), done);
  }

  private orderOf(body: RefundBody): SandboxOrder {
    const order = body.transaction_id
      ? this.orders.findByTradeNo('wechat', body.transaction_id)
      : this.orders.find('wechat', body.out_trade_no ?? '');
    if (!order) throw new WechatError(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
    return order;
  }

  private assertRefundable(order: SandboxOrder, amountFen: number): void {
    if (!order.paidAt) throw WechatError.invalidRequest('订单未支付，不能退款');
    if (amountFen > order.amountFen - refundedFen(order)) {
      throw WechatError.invalidRequest('累计退款金额超过订单金额');
    }
    if (order.refunds.length >= MAX_PARTS) {
      throw WechatError.invalidRequest(`一笔订单最多退款${MAX_PARTS}次`);
    }
    if (this.options.clock.now().getTime() - Date.parse(order.paidAt) > REFUNDABLE_MS) {
      throw WechatError.invalidRequest('订单支付时间超过一年，不能退款');
    }
  }

  private newRefund(
    asked: Pick<SandboxRefund, 'refundNo' | 'amountFen' | 'reason' | 'notifyUrl'>,
  ): SandboxRefund {
    return {
      ...asked,
      channelRefundNo: channelNumber('50000', 28),
      state: 'processing',
      createdAt: this.options.clock.now().toISOString(),
      succeededAt: null,
    };
  }
}
