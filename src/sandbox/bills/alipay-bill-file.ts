import { buffer } from 'node:stream/consumers';
import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';
import { yuanFromFen } from '../../money/fen.js';
import { beijingTime } from '../wire/alipay-time.js';
import type { BillDay, BillEvent } from './bill-day.js';

const HEADING =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,' +
  '订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,' +
  '商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';

/** The trade bill as Alipay packs it: a zip with the details and a summary, both CSV in GBK. */
export async function alipayBillFile(
  day: BillDay,
  events: readonly BillEvent[],
  sellerId: string,
): Promise<Buffer> {
  const zip = new ZipFile();
  const name = `${sellerId}_${day.date.replaceAll('-', '')}`;
  const details = [
    '#支付宝业务明细查询',
    `#账号：[${sellerId}]`,
    `#起始日期：[${day.date} 00:00:00]   终止日期：[${day.date} 24:00:00]`,
    '#-----------------------------------------业务明细列表----------------------------------------',
    HEADING,
    ...events.map(row),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#导出时间：[${day.date} 24:00:00]`,
    '',
  ];
  const summary = ['#支付宝业务汇总查询', `#账号：[${sellerId}]`, `#合计：${events.length}笔`, ''];
  zip.addBuffer(gbk(summary), `${name}_业务明细(汇总).csv`);
  zip.addBuffer(gbk(details), `${name}_业务明细.csv`);
  zip.end();
  return buffer(zip.outputStream);
}

function gbk(lines: readonly string[]): Buffer {
  return iconv.encode(lines.join('\r\n'), 'gbk');
}

/** Values end in a tab, so that a spreadsheet leaves long numbers alone. */
function row({ order, refund, at }: BillEvent): string {
  const amount = refund ? `-${yuanFromFen(refund.amountFen)}` : yuanFromFen(order.amountFen);
  const subject = order.subject.replaceAll(/[,"\r\n]/g, ' ');
  const values = [
    order.channelTradeNo,
    order.outTradeNo,
    refund ? '退款' : '交易',
    subject,
    beijingTime(new Date(order.createdAt)),
    beijingTime(at),
    '',
    '',
    '',
    '',
    'san***@sandbox.com',
    amount,
    amount,
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '',
    '0.00',
    '0.00',
    refund?.refundNo ?? '',
    '0.00',
    '0.00',
    '',
  ];
  return values.map((value) => `${value}\t`).join(',');
}
