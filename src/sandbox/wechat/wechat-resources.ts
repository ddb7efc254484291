import { DateTime } from 'luxon';
import type { SandboxOrder, SandboxRefund } from '../records/sandbox-order.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';

type Resource = Record<string, unknown>;

const TRADE_STATES = {
  unpaid: ['NOTPAY', '订单未支付'],
  closed: ['CLOSED', '订单已关闭'],
  paid: ['SUCCESS', '支付成功'],
  refunding: ['REFUND', '订单发生过退款'],
} as const;

const TRADE_TYPES: Readonly<Record<string, string>> = { native: 'NATIVE', h5: 'MWEB', jsapi: 'JSAPI' };

/** `2018-06-08T10:34:56+08:00`, the form of every time in APIv3. */
export function wechatTime(time: string | Date): string {
  const moment = typeof time === 'string' ? DateTime.fromISO(time) : DateTime.fromJSDate(time);
  return moment.setZone('UTC+8').toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** An order as queries answer it and payment notifications carry it. */
export function transactionResource(
  order: SandboxOrder,
  credentials: SandboxCredentials['wechat'],
): Resource {
  const [state, description] = TRADE_STATES[order.refunds.length > 0 ? 'refunding' : order.state];
  const identity = { appid: credentials.appId, mchid: credentials.mchId, out_trade_no: order.outTradeNo };
  const status = { trade_state: state, trade_state_desc: description, attach: order.attachment ?? '' };
  if (!order.paidAt) {
    return { ...identity, ...status, payer: {}, amount: { total: order.amountFen, currency: 'CNY' } };
  }
  return {
    ...identity,
    transaction_id: order.channelTradeNo,
    trade_type: TRADE_TYPES[order.method ?? 'native'] ?? 'NATIVE',
    ...status,
    bank_type: 'OTHERS',
    success_time: wechatTime(order.paidAt),
    payer: { openid: 'oSandboxBuyer000000000000001' },
    amount: {
      total: order.amountFen,
      payer_total: order.amountFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}

/** A refund as the API answers it: its state is called `status`. */
export function refundResource(order: SandboxOrder, refund: SandboxRefund): Resource {
  return {
    refund_id: refund.channelRefundNo,
    out_refund_no: refund.refundNo,
    transaction_id: order.channelTradeNo,
    out_trade_no: order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(refund.succeededAt ? { success_time: wechatTime(refund.succeededAt) } : {}),
    create_time: wechatTime(refund.createdAt),
    status: refund.state === 'succeeded' ? 'SUCCESS' : 'PROCESSING',
    funds_account: 'AVAILABLE',
    amount: {
      ...refundAmount(order, refund),
      from: [],
      settlement_total: order.amountFen,
      settlement_refund: refund.amountFen,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** A finished refund as notifications carry it: there its state is called `refund_status`. */
export function refundNoticeResource(
  order: SandboxOrder,
  refund: SandboxRefund,
  credentials: SandboxCredentials['wechat'],
): Resource {
  return {
    mchid: credentials.mchId,
    transaction_id: order.channelTradeNo,
    out_trade_no: order.outTradeNo,
    refund_id: refund.channelRefundNo,
    out_refund_no: refund.refundNo,
    refund_status: 'SUCCESS',
    success_time: wechatTime(refund.succeededAt ?? refund.createdAt),
    user_received_account: '支付用户零钱',
    amount: refundAmount(order, refund),
  };
}

function refundAmount(order: SandboxOrder, refund: SandboxRefund): Resource {
  return {
    total: order.amountFen,
    refund: refund.amountFen,
    payer_total: order.amountFen,
    payer_refund: refund.amountFen,
  };
}
