import { Inject, Injectable } from '@nestjs/common';
import { channelNumber } from '../records/channel-number.js';
import { close, type SandboxOrder } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { cashierUrl, SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { closeBody, h5Body, jsapiBody, nativeBody, readBody, type OrderBody } from './wechat-bodies.js';
import { WechatError } from '../wire/wechat-error.js';
import { transactionResource } from './wechat-resources.js';

const DEFAULT_LIFE_MS = 7 * 24 * 3_600_000;

/** Orders of Native pay: made, queried and closed by the merchant, paid by scanning `code_url`. */
@Injectable()
export class WechatTransactions {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
  ) {}

  /** POST /v3/pay/transactions/native: the same order again gives the same code. */
  createNative(bytes: Buffer): { code_url: string } {
    const order = this.open(readBody(nativeBody, bytes), {});
    return { code_url: cashierUrl(this.options, order.outTradeNo) };
  }

  /** POST /v3/pay/transactions/h5 */
  createH5(bytes: Buffer): { h5_url: string } {
    const order = this.open(readBody(h5Body, bytes), { method: 'h5' });
    return { h5_url: cashierUrl(this.options, order.outTradeNo) };
  }

  /** POST /v3/pay/transactions/jsapi */
  createJsapi(bytes: Buffer): { prepay_id: string } {
    const order = this.open(readBody(jsapiBody, bytes), { method: 'jsapi' });
    return { prepay_id: `wx${order.channelTradeNo}` };
  }

  private open(body: OrderBody, by: Pick<SandboxOrder, 'method'>): SandboxOrder {
    this.assertOurs(body.mchid);
    if (body.appid !== this.options.credentials.wechat.appId) {
      throw new WechatError(400, 'APPID_MCHID_NOT_MATCH', 'appid与mchid不匹配');
    }
    const known = this.orders.find('wechat', body.out_trade_no);
    if (!known) return this.orders.save({ ...this.newOrder(body), ...by });
    assertSameOpenOrder(known, body);
    return known;
  }

  /** GET /v3/pay/transactions/out-trade-no/{out_trade_no} */
  query(outTradeNo: string, mchid: string | null): Record<string, unknown> {
    this.assertOurs(mchid);
    return transactionResource(this.existing(outTradeNo), this.options.credentials.wechat);
  }

  /** POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close: only while unpaid. */
  close(outTradeNo: string, bytes: Buffer): void {
    this.assertOurs(readBody(closeBody, bytes).mchid);
    const order = this.existing(outTradeNo);
    assertUnpaid(order);
    this.orders.save(close(order, this.options.clock.now()));
  }

  private existing(outTradeNo: string): SandboxOrder {
    const order = this.orders.find('wechat', outTradeNo);
    if (!order) throw new WechatError(404, 'ORDER_NOT_EXIST', '订单不存在');
    return order;
  }

  private assertOurs(mchid: string | null): void {
    if (mchid !== this.options.credentials.wechat.mchId) {
      throw new WechatError(400, 'PARAM_ERROR', '参数错误：mchid与签名所用的商户号不一致');
    }
  }

  private newOrder(body: OrderBody): SandboxOrder {
    const now = this.options.clock.now();
    const expiresAt = body.time_expire
      ? new Date(body.time_expire)
      : new Date(now.getTime() + DEFAULT_LIFE_MS);
    if (expiresAt <= now) {
      throw WechatError.badParameter({ field: '/time_expire', issue: '早于当前时间', location: 'body' });
    }
    return {
      channel: 'wechat',
      outTradeNo: body.out_trade_no,
      channelTradeNo: channelNumber('42000', 28),
      amountFen: body.amount.total,
      subject: body.description,
      notifyUrl: body.notify_url,
      returnUrl: null,
      attachment: body.attach ?? null,
      state: 'unpaid',
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
      paidAt: null,
      closedAt: null,
      refunds: [],
    };
  }
}

function assertSameOpenOrder(order: SandboxOrder, body: OrderBody): void {
  assertUnpaid(order);
  if (order.amountFen !== body.amount.total) {
    throw new WechatError(400, 'OUT_TRADE_NO_USED', '商户订单号重复：订单已存在且金额不一致');
  }
}

function assertUnpaid(order: SandboxOrder): void {
  if (order.state === 'paid') throw new WechatError(400, 'ORDERPAID', '订单已支付');
  if (order.state === 'closed') throw new WechatError(400, 'ORDER_CLOSED', '订单已关闭');
}
