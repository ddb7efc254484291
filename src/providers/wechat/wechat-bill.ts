import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { parseBeijingDateTime } from '../beijing-time.js';
import { billAmount } from '../bills/bill-columns.js';
import { billUrl, readDownloadedBill } from '../bills/bill-file.js';
import { linesOf, readBillRows, type BillForm } from '../bills/bill-rows.js';
import { BillUnavailableError } from '../bill-unavailable.error.js';
import type { BillLine, UnreadableRow } from '../payment-provider.js';
import { billAbsence } from './error-codes.js';
import { authorizationOf, type WechatSigner } from './request-signature.js';
import type { WechatPayClient } from './wechat-pay-client.js';

const answerFields = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url(),
});

const TITLES = {
  at: '交易时间',
  tradeNo: '微信订单号',
  orderId: '商户订单号',
  state: '交易状态',
  refundNo: '商户退款单号',
  refundState: '退款状态',
  orderAmount: ['订单金额', '总金额'],
  refundAmount: ['申请退款金额', '退款金额'],
} as const;

const HOSTS = ['mch.weixin.qq.com'] as const;

type Row = Record<keyof typeof TITLES, string>;

/** Every value carries a backtick before it, lest a spreadsheet take it for a number; none is quoted. */
const BETWEEN_VALUES = ',`';

/** The heading of the totals that stand below the rows. */
const TOTALS = '总交易单数';

const FORM: BillForm<keyof typeof TITLES> = {
  titles: TITLES,
  titlesIn: (line) => line.replace(/^\uFEFF/, '').split(','),
  valuesIn: (text) => (text.startsWith('`') ? text.slice(1).split(BETWEEN_VALUES) : []),
  lineOf: readLine,
};

/** Streams the trade bill of a day (交易账单, of type ALL). The file isn't signed, but its SHA-1 was. */
export async function* downloadWechatBill(
  client: WechatPayClient,
  signer: WechatSigner,
  date: string,
): AsyncGenerator<BillLine | UnreadableRow> {
  const answer = await client.get('v3/bill/tradebill', { bill_date: date, bill_type: 'ALL' });
  if (answer.kind === 'unknown') throw new Error(`WeChat Pay's bill of ${date}: ${answer.reason}`);
  if (answer.kind === 'error') {
    const { code, message } = answer;
    const absence = billAbsence(code);
    if (absence !== null) throw new BillUnavailableError('wechat', date, `${code} ${message}`, absence);
    throw new Error(`WeChat Pay's bill of ${date}: ${code} ${message}`);
  }
  const fields = answerFields.safeParse(answer.data);
  if (!fields.success) throw new Error(`WeChat Pay's bill of ${date}: the answer lacks its address or SHA-1`);
  const { download_url: told, hash_value: hash } = fields.data;
  const url = billUrl(told, client.baseUrl, HOSTS);
  const request = { url, headers: { authorization: authorizationOf(url, signer) } };
  yield* readDownloadedBill(request, ({ path, sha1 }) => {
    if (sha1 !== hash.toLowerCase()) {
      throw new Error(`WeChat Pay's bill of ${date} is damaged: its SHA-1 is ${sha1}, not ${hash}`);
    }
    return readRows(path);
  });
}

async function* readRows(path: string): AsyncGenerator<BillLine | UnreadableRow> {
  const file = createReadStream(path, 'utf8');
  try {
    yield* readBillRows(untilTotals(linesOf(file)), FORM);
  } finally {
    file.destroy();
  }
}

/** @throws Error where the totals, the last part of a bill, are missing */
async function* untilTotals(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.startsWith(TOTALS)) return;
    yield line;
  }
  throw new Error("WeChat Pay's bill ends before its totals");
}

/** Null for a row that tells of no money: an order revoked before it was paid, a refund that failed. */
function readLine(row: Row): BillLine | null {
  const isRefund = row.state === 'REFUND';
  if (!isRefund && row.state !== 'SUCCESS') return null;
  if (isRefund && row.refundState === 'FAIL') return null;
  const at = parseBeijingDateTime(row.at);
  if (at === null) throw new Error(`the bill's time of ${row.tradeNo} can't be read: ${row.at}`);
  return {
    kind: isRefund ? 'refund' : 'payment',
    orderId: row.orderId,
    refundNo: isRefund && row.refundNo !== '' ? row.refundNo : null,
    tradeNo: row.tradeNo,
    amountFen: billAmount(isRefund ? row.refundAmount : row.orderAmount),
    at,
  };
}
