import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { NoticeOutbox } from '../notices/notice-outbox.js';
import type { SandboxOrder, SandboxRefund } from '../records/sandbox-order.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import type { WechatNoticeContent } from './wechat-notice-wire.js';
import { refundNoticeResource, transactionResource, wechatTime } from './wechat-resources.js';

/** The callbacks (回调通知) of an order: paid, and each refund done. WeChat Pay doesn't tell of a close. */
@Injectable()
export class WechatNotices {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly outbox: NoticeOutbox,
  ) {}

  paid(order: SandboxOrder): void {
    this.send(order, order.notifyUrl, {
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      original_type: 'transaction',
      resource: transactionResource(order, this.options.credentials.wechat),
    });
  }

  refunded(order: SandboxOrder, refund: SandboxRefund): void {
    this.send(order, refund.notifyUrl, {
      event_type: 'REFUND.SUCCESS',
      summary: '退款成功',
      original_type: 'refund',
      resource: refundNoticeResource(order, refund, this.options.credentials.wechat),
    });
  }

  private send(
    order: SandboxOrder,
    url: string | null,
    event: Omit<WechatNoticeContent, 'create_time'>,
  ): void {
    if (!url) return;
    const content = { ...event, create_time: wechatTime(this.options.clock.now()) };
    this.outbox.enqueue({ id: randomUUID(), channel: 'wechat', outTradeNo: order.outTradeNo, url, content });
  }
}
