import { DateTime } from 'luxon';
import { yuanFromFen } from '../../../money/fen.js';
import type { Language } from '../../../problems/sentence.js';
import type { Receipt } from './receipt.js';

const BEIJING = 'Asia/Shanghai';

const TEXTS = {
  'zh-CN': {
    title: '收据',
    order: '订单号',
    seller: '收款方',
    buyer: '付款方',
    subject: '商品',
    paidAt: '支付时间',
    channel: '支付渠道',
    tradeNo: '渠道交易号',
    amount: '金额',
    refund: '退款',
    refundPending: '退款处理中',
    net: '实收',
    zone: '北京时间',
    timeIn: (time: string, zone: string) => `${time}（${zone}）`,
    comma: '，',
    note: '本收据不是发票。如需发票，请在订单中申请。',
    channels: { alipay: '支付宝', wechat: '微信支付' } as Record<string, string>,
  },
  en: {
    title: 'Receipt',
    order: 'Order number',
    seller: 'Paid to',
    buyer: 'Paid by',
    subject: 'For',
    paidAt: 'Paid at',
    channel: 'Paid through',
    // Without an apostrophe: the PDF's font has it as wide as a Chinese character.
    tradeNo: 'Transaction number',
    amount: 'Amount',
    refund: 'Refund',
    refundPending: 'Refund in progress',
    net: 'Net amount',
    zone: 'Beijing time',
    timeIn: (time: string, zone: string) => `${time} (${zone})`,
    comma: ', ',
    note: 'This receipt is not a fapiao; ask for one at the order.',
    channels: { alipay: 'Alipay', wechat: 'WeChat Pay' } as Record<string, string>,
  },
} satisfies Record<Language, unknown>;

export interface ReceiptText {
  title: string;
  /** Label and value, in the order in which they stand. */
  rows: readonly (readonly [label: string, value: string])[];
  note: string;
}

/**
 * The receipt in a language, line by line: the page and the PDF say the same.
 *
 * @param timeZone an IANA name; Asia/Shanghai is called Beijing's time, another by its name
 */
export function receiptText(receipt: Receipt, language: Language, timeZone = BEIJING): ReceiptText {
  const texts = TEXTS[language];
  const money = (fen: number) => (language === 'en' ? `CNY ${yuanFromFen(fen)}` : `${yuanFromFen(fen)} 元`);
  const zone = timeZone === BEIJING ? texts.zone : timeZone;
  const time = (at: Date) =>
    texts.timeIn(DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm:ss'), zone);
  const rows: [string, string][] = [[texts.order, receipt.orderId]];
  if (receipt.seller !== null) rows.push([texts.seller, receipt.seller]);
  rows.push(
    [texts.buyer, receipt.buyer],
    [texts.subject, receipt.subject],
    [texts.paidAt, time(receipt.paidAt)],
    [texts.channel, texts.channels[receipt.provider] ?? receipt.provider],
    [texts.tradeNo, receipt.tradeNo],
    [texts.amount, money(receipt.amountFen)],
  );
  for (const { at, amountFen, refundNo, isPending } of receipt.refunds) {
    const label = isPending ? texts.refundPending : texts.refund;
    rows.push([label, [`−${money(amountFen)}`, time(at), refundNo].join(texts.comma)]);
  }
  if (receipt.refundedFen > 0) rows.push([texts.net, money(receipt.amountFen - receipt.refundedFen)]);
  return { title: texts.title, rows, note: texts.note };
}
