import { Inject, Injectable } from '@nestjs/common';
import { yuanFromFen } from '../../money/fen.js';
import { channelNumber } from '../records/channel-number.js';
import { close, type SandboxOrder } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { cashierUrl, SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import {
  closeBiz,
  pagePayBiz,
  precreateBiz,
  queryBiz,
  readBiz,
  wapPayBiz,
  type NewTradeBiz,
  type WhichTrade,
} from '../wire/alipay-biz.js';
import { AlipayError } from '../wire/alipay-error.js';
import { AlipayNotices } from './alipay-notices.js';
import type { AlipayCall } from '../wire/alipay-request.js';
import { beijingTime, parseBeijingTime, timeoutEnd } from '../wire/alipay-time.js';
import { tradeStatus } from './alipay-trade-status.js';

const DEFAULT_LIFE = '15d';

/** The inner object of an answer, before `code` and `msg`. */
export type AlipayAnswerFields = Record<string, unknown>;

export const BUYER = { buyer_logon_id: 'san***@sandbox.com', buyer_user_id: '2088000000000001' } as const;

/** Trades: opened by the buyer's browser or by the merchant for a code, queried and closed by the merchant. */
@Injectable()
export class AlipayTrades {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly notices: AlipayNotices,
  ) {}

  /** alipay.trade.page.pay, alipay.trade.wap.pay: the trade exists from the moment that the buyer opens the link. */
  openPage(call: AlipayCall): SandboxOrder {
    return call.method === 'alipay.trade.wap.pay'
      ? this.open(call, readBiz(wapPayBiz, call.biz), { method: 'wap' })
      : this.open(call, readBiz(pagePayBiz, call.biz), {});
  }

  /** alipay.trade.precreate: the same order again gives the same code. */
  precreate(call: AlipayCall): AlipayAnswerFields {
    const order = this.open(call, readBiz(precreateBiz, call.biz), { method: 'qr' });
    if (order.state === 'paid') throw AlipayError.business('TRADE_HAS_SUCCESS', '交易已被支付');
    if (order.state === 'closed') throw AlipayError.business('TRADE_HAS_CLOSE', '交易已经关闭');
    return { out_trade_no: order.outTradeNo, qr_code: cashierUrl(this.options, order.outTradeNo) };
  }

  /** The order as it is known, or a new one. @throws AlipayError where its amount has changed */
  open(call: AlipayCall, biz: NewTradeBiz, by: Pick<SandboxOrder, 'method'>): SandboxOrder {
    const known = this.orders.find('alipay', biz.out_trade_no);
    if (!known) return this.orders.save({ ...this.newTrade(call, biz), ...by });
    if (known.amountFen !== biz.total_amount) {
      throw AlipayError.business('CONTEXT_INCONSISTENT', '交易信息被篡改：同一商户订单号的金额与首次不一致');
    }
    return known;
  }

  /** alipay.trade.query */
  query(call: AlipayCall): AlipayAnswerFields {
    const order = this.existing(readBiz(queryBiz, call.biz));
    return {
      ...BUYER,
      out_trade_no: order.outTradeNo,
      trade_no: order.channelTradeNo,
      trade_status: tradeStatus(order, this.options.clock.now()),
      total_amount: yuanFromFen(order.amountFen),
      buyer_pay_amount: yuanFromFen(order.paidAt ? order.amountFen : 0),
      receipt_amount: yuanFromFen(order.paidAt ? order.amountFen : 0),
      point_amount: '0.00',
      invoice_amount: '0.00',
      ...(order.paidAt ? { send_pay_date: beijingTime(new Date(order.paidAt)) } : {}),
    };
  }

  /** alipay.trade.close: only while unpaid. */
  close(call: AlipayCall): AlipayAnswerFields {
    const order = this.existing(readBiz(closeBiz, call.biz));
    if (order.state !== 'unpaid') throw AlipayError.business('TRADE_STATUS_ERROR', '交易状态不合法');
    const closed = this.orders.save(close(order, this.options.clock.now()));
    this.notices.closed(closed);
    return { out_trade_no: order.outTradeNo, trade_no: order.channelTradeNo };
  }

  /** @throws AlipayError ACQ.TRADE_NOT_EXIST; `trade_no` counts where both numbers are given. */
  existing(which: WhichTrade): SandboxOrder {
    const order = which.trade_no
      ? this.orders.findByTradeNo('alipay', which.trade_no)
      : this.orders.find('alipay', which.out_trade_no ?? '');
    if (!order) throw AlipayError.business('TRADE_NOT_EXIST', '交易不存在');
    return order;
  }

  private newTrade(call: AlipayCall, biz: NewTradeBiz): SandboxOrder {
    const now = this.options.clock.now();
    return {
      channel: 'alipay',
      outTradeNo: biz.out_trade_no,
      channelTradeNo: channelNumber(beijingTime(now, 'yyyyMMdd'), 28),
      amountFen: biz.total_amount,
      subject: biz.subject,
      notifyUrl: call.notifyUrl,
      returnUrl: call.returnUrl,
      attachment: biz.passback_params ?? null,
      state: 'unpaid',
      createdAt: now.toISOString(),
      expiresAt: expiryOf(biz, now).toISOString(),
      paidAt: null,
      closedAt: null,
      refunds: [],
    };
  }
}

/** `time_expire` is a moment and goes before `timeout_express`, which is a length of time. */
function expiryOf(biz: NewTradeBiz, now: Date): Date {
  const expiry = biz.time_expire
    ? parseBeijingTime(biz.time_expire)
    : timeoutEnd(biz.timeout_express ?? DEFAULT_LIFE, now);
  if (!expiry) {
    throw AlipayError.business('INVALID_PARAMETER', '参数无效：time_expire或timeout_express格式错误');
  }
  if (expiry <= now) throw AlipayError.business('INVALID_PARAMETER', '参数无效：订单已超过支付截止时间');
  return expiry;
}
