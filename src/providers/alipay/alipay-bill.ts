import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { parseBeijingDateTime } from '../beijing-time.js';
import { billAmount } from '../bills/bill-columns.js';
import { billUrl, readDownloadedBill } from '../bills/bill-file.js';
import { linesOf, readBillRows, type BillForm } from '../bills/bill-rows.js';
import { BillUnavailableError } from '../bill-unavailable.error.js';
import type { BillLine, UnreadableRow } from '../payment-provider.js';
import type { AlipayGateway } from './alipay-gateway.js';
import { saysNoBill } from './error-codes.js';

const METHOD = 'alipay.data.dataservice.bill.downloadurl.query';
const answerFields = z.object({ bill_download_url: z.url() });

const TITLES = {
  tradeNo: '支付宝交易号',
  orderId: '商户订单号',
  kind: '业务类型',
  at: '完成时间',
  amount: '订单金额（元）',
  refundNo: '退款批次号/请求号',
} as const;

const KINDS: Readonly<Record<string, BillLine['kind']>> = { 交易: 'payment', 退款: 'refund' };

const HOSTS = ['alipay.com', 'alipaydev.com'] as const;

/** Unpacked; a small file that claims more is no bill. */
const MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

/** Bit 11 of a zip entry's flags: its name is UTF-8 (APPNOTE.TXT, 4.4.4); Alipay's are GBK without it. */
const UTF8_NAME = 0x800;

const FORM: BillForm<keyof typeof TITLES> = {
  titles: TITLES,
  titlesIn: (line) => line.split(',').map((title) => title.trim()),
  valuesIn,
  lineOf: readLine,
};

/** Streams the trade bill of a day (业务明细): a zip of CSV in GBK. */
export async function* downloadAlipayBill(
  gateway: AlipayGateway,
  date: string,
): AsyncGenerator<BillLine | UnreadableRow> {
  const answer = await gateway.call(METHOD, { bill_type: 'trade', bill_date: date });
  if (answer.kind === 'unknown') throw new Error(`Alipay's bill of ${date}: ${answer.reason}`);
  if (answer.kind === 'error') {
    const { code, message } = answer;
    const reason = `${code} ${message}`;
    if (saysNoBill(code)) throw new BillUnavailableError('alipay', date, reason, 'not_yet_or_none');
    throw new Error(`Alipay's bill of ${date}: ${reason}`);
  }
  const fields = answerFields.safeParse(answer.fields);
  if (!fields.success) throw new Error(`Alipay's bill of ${date}: the answer lacks bill_download_url`);
  const url = billUrl(fields.data.bill_download_url, gateway.url, HOSTS);
  yield* readDownloadedBill({ url }, ({ path }) => readZip(path));
}

async function* readZip(path: string): AsyncGenerator<BillLine | UnreadableRow> {
  const zip = await openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false });
  try {
    let files = 0;
    for await (const entry of zip.eachEntry()) {
      if (!holdsDetails(entry)) continue;
      files += 1;
      yield* readRows(await open(zip, entry));
    }
    if (files === 0) throw new Error("Alipay's bill holds no CSV with details");
  } finally {
    zip.close();
  }
}

/** The zip holds the details, in one file or in several, and a summary (汇总) beside them. */
function holdsDetails(entry: Entry): boolean {
  const name = nameOf(entry);
  return name.toLowerCase().endsWith('.csv') && !name.includes('汇总');
}

async function open(zip: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.uncompressedSize > MAX_UNPACKED_BYTES)
    throw new Error(`Alipay's bill is larger than ${MAX_UNPACKED_BYTES} bytes when unpacked`);
  return zip.openReadStreamPromise(entry);
}

function nameOf(entry: Entry): string {
  // Typed as text, but bytes with decodeStrings off.
  const bytes = entry.fileName as unknown as Buffer;
  return iconv.decode(bytes, entry.generalPurposeBitFlag & UTF8_NAME ? 'utf8' : 'gbk');
}

async function* readRows(csv: Readable): AsyncGenerator<BillLine | UnreadableRow> {
  // What breaks on the way destroys the last stream with its error, which reading it throws.
  const text = pipeline(csv, iconv.decodeStream('gbk'), () => {});
  yield* readBillRows(withoutNotes(linesOf(text)), FORM);
}

/** @throws Error where the note that ends the details is missing: something was cut off */
async function* withoutNotes(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let isWhole = false;
  for await (const line of lines) {
    if (line.startsWith('#')) isWhole ||= line.includes('列表结束');
    else if (line.trim() !== '') yield line;
  }
  if (!isWhole) throw new Error("Alipay's bill ends before its details do");
}

/** Values with a comma or a line break stand in quotes; one that merely has quotes in it is written as it is. */
function valuesIn(text: string): string[] {
  if (!text.includes('"')) return text.split(',');
  try {
    const [values = []] = parse(text, { relax_quotes: true, relax_column_count: true });
    return values;
  } catch {
    return text.split(',');
  }
}

function readLine(row: Record<keyof typeof TITLES, string>): BillLine | null {
  const kind = KINDS[row.kind];
  if (kind === undefined) return null;
  const at = parseBeijingDateTime(row.at);
  if (at === null) throw new Error(`the bill's time of ${row.tradeNo} can't be read: ${row.at}`);
  return {
    kind,
    orderId: row.orderId,
    refundNo: kind === 'refund' && row.refundNo !== '' ? row.refundNo : null,
    tradeNo: row.tradeNo,
    amountFen: billAmount(row.amount),
    at,
  };
}
