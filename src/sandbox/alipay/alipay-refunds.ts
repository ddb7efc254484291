import { Inject, Injectable } from '@nestjs/common';
import { yuanFromFen } from '../../money/fen.js';
import { channelNumber } from '../records/channel-number.js';
import {
  findRefund,
  putRefund,
  refundedFen,
  returnedFen,
  type SandboxOrder,
  type SandboxRefund,
} from '../records/sandbox-order.js';
import { SandboxFaults } from '../faults/sandbox-faults.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { readBiz, refundBiz, refundQueryBiz } from '../wire/alipay-biz.js';
import { AlipayError } from '../wire/alipay-error.js';
import { AlipayNotices } from './alipay-notices.js';
import type { AlipayCall } from '../wire/alipay-request.js';
import { beijingTime } from '../wire/alipay-time.js';
import { tradeStatus } from './alipay-trade-status.js';
import { AlipayTrades, BUYER, type AlipayAnswerFields } from './alipay-trades.js';

/** Refunds happen at once, where they aren't held; `out_request_no` is their idempotency key. */
@Injectable()
export class AlipayRefunds {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly trades: AlipayTrades,
    private readonly notices: AlipayNotices,
    private readonly faults: SandboxFaults,
  ) {}

  /** alipay.trade.refund: `fund_change` is Y for the call that moves the money, N for its replays. */
  refund(call: AlipayCall): AlipayAnswerFields {
    const biz = readBiz(refundBiz, call.biz);
    const order = this.trades.existing(biz);
    const refundNo = biz.out_request_no ?? this.fullRefundNo(order, biz.refund_amount);
    const earlier = findRefund(order, refundNo);
    if (earlier) {
      if (earlier.amountFen !== biz.refund_amount) {
        throw AlipayError.business('DISCORDANT_REPEAT_REQUEST', '同一退款请求号的退款金额与首次不一致');
      }
      return this.carryOut(order, earlier);
    }
    this.assertRefundable(order, biz.refund_amount);
    if (this.faults.takeRefusedRefund('alipay'))
      throw AlipayError.business('SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足');
    const refund = this.newRefund(refundNo, biz.refund_amount, biz.refund_reason ?? null);
    return this.carryOut(this.orders.save(putRefund(order, refund)), refund);
  }

  /**
   * Somebody refunds at the merchant's console, under a number of Alipay's.
   * @throws AlipayError as {@link refund} does
   */
  refundAtConsole(order: SandboxOrder, amountFen: number): SandboxRefund {
    this.assertRefundable(order, amountFen);
    const refund = this.newRefund(channelNumber('console', 32), amountFen, null);
    this.carryOut(this.orders.save(putRefund(order, refund)), refund);
    return refund;
  }

  /** One that is held moves no money: asked for again later, under the same number, it does. */
  private carryOut(order: SandboxOrder, refund: SandboxRefund): AlipayAnswerFields {
    if (refund.state === 'succeeded' || this.faults.holdsRefunds('alipay')) return answer(order, 'N');
    const succeededAt = this.options.clock.now().toISOString();
    const done: SandboxRefund = { ...refund, state: 'succeeded', succeededAt };
    const refunded = this.orders.save(putRefund(order, done));
    this.notices.refunded(refunded, done);
    return answer(refunded, 'Y');
  }

  /**
   * alipay.trade.fastpay.refund.query: a refund that was not received is a success without any data, one that moved no
   * money a success without `refund_status`.
   */
  query(call: AlipayCall): AlipayAnswerFields {
    const biz = readBiz(refundQueryBiz, call.biz);
    const order = this.trades.existing(biz);
    const refund = findRefund(order, biz.out_request_no);
    if (!refund) return {};
    return {
      out_trade_no: order.outTradeNo,
      trade_no: order.channelTradeNo,
      out_request_no: refund.refundNo,
      total_amount: yuanFromFen(order.amountFen),
      refund_amount: yuanFromFen(refund.amountFen),
      ...(refund.reason ? { refund_reason: refund.reason } : {}),
      ...(refund.state === 'succeeded' ? { refund_status: 'REFUND_SUCCESS' } : {}),
      ...(refund.succeededAt && biz.query_options.includes('gmt_refund_pay')
        ? { gmt_refund_pay: beijingTime(new Date(refund.succeededAt)) }
        : {}),
    };
  }

  /** Only a refund of everything may leave out its number. */
  private fullRefundNo(order: SandboxOrder, amountFen: number): string {
    if (amountFen === order.amountFen) return order.outTradeNo;
    throw AlipayError.business('INVALID_PARAMETER', '参数无效：部分退款必须传入out_request_no');
  }

  private assertRefundable(order: SandboxOrder, amountFen: number): void {
    const status = tradeStatus(order, this.options.clock.now());
    if (status === 'TRADE_FINISHED')
      throw AlipayError.business('TRADE_HAS_FINISHED', '交易已完结，不支持退款');
    if (status !== 'TRADE_SUCCESS') throw AlipayError.business('TRADE_STATUS_ERROR', '交易状态不合法');
    if (amountFen > order.amountFen - refundedFen(order)) {
      throw AlipayError.business('REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限');
    }
  }

  private newRefund(refundNo: string, amountFen: number, reason: string | null): SandboxRefund {
    const now = this.options.clock.now();
    return {
      refundNo,
      channelRefundNo: channelNumber(beijingTime(now, 'yyyyMMdd'), 28),
      amountFen,
      reason,
      notifyUrl: null,
      state: 'processing',
      createdAt: now.toISOString(),
      succeededAt: null,
    };
  }
}

function answer(order: SandboxOrder, fundChange: 'Y' | 'N'): AlipayAnswerFields {
  return {
    ...BUYER,
    out_trade_no: order.outTradeNo,
    trade_no: order.channelTradeNo,
    fund_change: fundChange,
    // Not this refund alone: everything that has gone back so far.
    refund_fee: yuanFromFen(returnedFen(order)),
  };
}
