import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { yuanFromFen } from '../../money/fen.js';
import { NoticeOutbox } from '../notices/notice-outbox.js';
import { returnedFen, type SandboxOrder, type SandboxRefund } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import type { AlipayFields } from '../wire/alipay-signature.js';
import { beijingTime } from '../wire/alipay-time.js';
import { tradeStatus } from './alipay-trade-status.js';

/** The asynchronous notifications (异步通知) of a trade: paid, closed, refunded. */
@Injectable()
export class AlipayNotices {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly outbox: NoticeOutbox,
    orders: SandboxOrders,
  ) {
    orders.onExpiry((order) => {
      if (order.channel === 'alipay') this.closed(order);
    });
  }

  paid(order: SandboxOrder): void {
    this.send(order, this.paymentFields(order));
  }

  /** Unpaid and closed, by the merchant or because its time ran out. */
  closed(order: SandboxOrder): void {
    this.send(order, { gmt_close: beijingTime(new Date(order.closedAt ?? order.expiresAt)) });
  }

  refunded(order: SandboxOrder, refund: SandboxRefund): void {
    const at = new Date(refund.succeededAt ?? refund.createdAt);
    const isFull = returnedFen(order) === order.amountFen;
    this.send(order, {
      ...this.paymentFields(order),
      out_biz_no: refund.refundNo,
      refund_fee: yuanFromFen(returnedFen(order)),
      // The one time that carries milliseconds.
      gmt_refund: beijingTime(at, 'yyyy-MM-dd HH:mm:ss.SSS'),
      ...(isFull ? { gmt_close: beijingTime(at) } : {}),
    });
  }

  private paymentFields(order: SandboxOrder): AlipayFields {
    const amount = yuanFromFen(order.amountFen);
    return {
      gmt_payment: beijingTime(new Date(order.paidAt ?? order.createdAt)),
      receipt_amount: amount,
      buyer_pay_amount: amount,
      invoice_amount: amount,
      point_amount: '0.00',
      fund_bill_list: JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }]),
    };
  }

  private send(order: SandboxOrder, event: AlipayFields): void {
    if (!order.notifyUrl) return;
    const { appId, sellerId } = this.options.credentials.alipay;
    const now = this.options.clock.now();
    const id = beijingTime(now, 'yyyyMMdd') + randomBytes(13).toString('hex');
    const content: AlipayFields = {
      notify_type: 'trade_status_sync',
      notify_id: id,
      app_id: appId,
      auth_app_id: appId,
      charset: 'utf-8',
      version: '1.0',
      trade_no: order.channelTradeNo,
      out_trade_no: order.outTradeNo,
      buyer_id: '2088000000000001',
      buyer_logon_id: 'san***@sandbox.com',
      seller_id: sellerId,
      trade_status: tradeStatus(order, now),
      total_amount: yuanFromFen(order.amountFen),
      subject: order.subject,
      gmt_create: beijingTime(new Date(order.createdAt)),
      ...(order.attachment ? { passback_params: order.attachment } : {}),
      ...event,
    };
    this.outbox.enqueue({
      id,
      channel: 'alipay',
      outTradeNo: order.outTradeNo,
      url: order.notifyUrl,
      content,
    });
  }
}
