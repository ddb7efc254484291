import { yuanFromFen } from '../../money/fen.js';
import { beijingTime } from '../wire/alipay-time.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';
import type { BillEvent } from './bill-day.js';

const HEADING =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';

const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** The trade bill of type ALL: a heading, rows whose every value begins with a backtick, and the totals. */
export function wechatBillFile(
  events: readonly BillEvent[],
  credentials: Pick<SandboxCredentials['wechat'], 'appId' | 'mchId'>,
): string {
  const paid = events.reduce((sum, { order, refund }) => sum + (refund ? 0 : order.amountFen), 0);
  const refunded = events.reduce((sum, { refund }) => sum + (refund?.amountFen ?? 0), 0);
  const totals = [
    String(events.length),
    ...[paid, refunded, 0, 0, paid, refunded].map((fen) => yuanFromFen(fen)),
  ];
  const rows = [
    HEADING,
    ...events.map((event) => ticked(values(event, credentials))),
    TOTALS,
    ticked(totals),
  ];
  return `\uFEFF${rows.join('\r\n')}\r\n`;
}

function ticked(row: readonly string[]): string {
  return row.map((value) => `\`${value}`).join(',');
}

function values(
  { order, refund, at }: BillEvent,
  { appId, mchId }: Pick<SandboxCredentials['wechat'], 'appId' | 'mchId'>,
): string[] {
  const amount = yuanFromFen(order.amountFen);
  const back = refund ? yuanFromFen(refund.amountFen) : '0.00';
  return [
    beijingTime(at),
    appId,
    mchId,
    '',
    '',
    order.channelTradeNo,
    order.outTradeNo,
    'oSandboxBuyer000000000000001',
    { h5: 'MWEB', jsapi: 'JSAPI', native: 'NATIVE', wap: '', qr: '' }[order.method ?? 'native'],
    refund ? 'REFUND' : 'SUCCESS',
    'OTHERS',
    'CNY',
    refund ? '0.00' : amount,
    '0.00',
    refund?.channelRefundNo ?? '0',
    refund?.refundNo ?? '0',
    back,
    '0.00',
    refund ? 'ORIGINAL' : '',
    refund ? (refund.state === 'succeeded' ? 'SUCCESS' : 'PROCESSING') : '',
    order.subject.replaceAll(/[`\r\n]/g, ' '),
    order.attachment ?? '',
    '0.00000',
    '0.60%',
    refund ? '0.00' : amount,
    back,
    '',
  ];
}
