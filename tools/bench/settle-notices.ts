import { createPublicKey, randomUUID, verify, type KeyObject } from 'node:crypto';
import { yuanFromFen } from '../../src/money/fen.js';
import type { RawNotification } from '../../src/providers/raw-notification.js';
import { AlipayNoticeWire } from '../../src/sandbox/alipay/alipay-notice-wire.js';
import { signedText } from '../../src/sandbox/wire/alipay-signature.js';
import { beijingTime } from '../../src/sandbox/wire/alipay-time.js';
import type { SandboxNotice } from '../../src/sandbox/records/notice.js';
import type { SandboxCredentials, SandboxKeys } from '../../src/sandbox/options/sandbox-credentials.js';
import type { SandboxOptions } from '../../src/sandbox/options/sandbox.options.js';
import { WechatNoticeWire } from '../../src/sandbox/wechat/wechat-notice-wire.js';
import { WechatSigner } from '../../src/sandbox/wechat/wechat-signer.js';
import { SystemClock } from '../../src/time/clock.js';
import { PRICE_FEN, type BenchOrder } from './settle-orders.js';

/** Signed notifications that orders are paid, as the channels send them. */
export class BenchNotices {
  private readonly alipayWire: AlipayNoticeWire;
  private readonly wechatWire: WechatNoticeWire;
  private readonly alipayKey: KeyObject;

  constructor(private readonly keys: SandboxKeys) {
    const options = { credentials: keys.gateway, clock: new SystemClock() } as SandboxOptions;
    this.alipayWire = new AlipayNoticeWire(options);
    this.wechatWire = new WechatNoticeWire(options, new WechatSigner(options));
    this.alipayKey = createPublicKey(keys.merchant.alipay.alipayPublicKey);
  }

  alipay(order: BenchOrder): RawNotification {
    return raw(
      this.alipayWire.envelope(notice('alipay', order, alipayPaid(order, this.keys.gateway.alipay))),
    );
  }

  wechat(order: BenchOrder): RawNotification {
    return raw(
      this.wechatWire.envelope(notice('wechat', order, wechatPaid(order, this.keys.gateway.wechat))),
    );
  }

  /** The bare verification of an Alipay notification's signature, its text and bytes prepared before. */
  verification({ body }: RawNotification): () => boolean {
    const { sign = '', ...fields } = Object.fromEntries(new URLSearchParams(body.toString()));
    const text = Buffer.from(signedText(fields, ['sign_type']));
    const signature = Buffer.from(sign, 'base64');
    return () => verify('sha256', text, this.alipayKey, signature);
  }
}

function raw({ headers, body }: { headers: Record<string, string>; body: string }): RawNotification {
  return { headers, body: Buffer.from(body) };
}

function notice(
  channel: SandboxNotice['channel'],
  { orderId }: BenchOrder,
  content: SandboxNotice['content'],
): SandboxNotice {
  return { id: randomUUID(), channel, outTradeNo: orderId, url: '', content, attempts: 0, state: 'pending' };
}

function alipayPaid(order: BenchOrder, seller: SandboxCredentials['alipay']): SandboxNotice['content'] {
  const now = beijingTime(new Date());
  const amount = yuanFromFen(PRICE_FEN);
  return {
    notify_type: 'trade_status_sync',
    notify_id: randomUUID(),
    app_id: seller.appId,
    auth_app_id: seller.appId,
    charset: 'utf-8',
    version: '1.0',
    trade_no: order.tradeNo,
    out_trade_no: order.orderId,
    buyer_id: '2088000000000001',
    seller_id: seller.sellerId,
    trade_status: 'TRADE_SUCCESS',
    total_amount: amount,
    receipt_amount: amount,
    buyer_pay_amount: amount,
    subject: 'bench',
    gmt_create: now,
    gmt_payment: now,
    fund_bill_list: JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }]),
  };
}

function wechatPaid(order: BenchOrder, merchant: SandboxCredentials['wechat']): SandboxNotice['content'] {
  const now = new Date().toISOString();
  return {
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    create_time: now,
    original_type: 'transaction',
    resource: {
      appid: merchant.appId,
      mchid: merchant.mchId,
      out_trade_no: order.orderId,
      transaction_id: order.tradeNo,
      trade_type: 'NATIVE',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      bank_type: 'OTHERS',
      success_time: now,
      payer: { openid: 'bench' },
      amount: { total: PRICE_FEN, payer_total: PRICE_FEN, currency: 'CNY', payer_currency: 'CNY' },
    },
  };
}
