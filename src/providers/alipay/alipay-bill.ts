import { pipeline, type Readable } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { parseBeijingDateTime } from '../beijing-time.js';
import { BillColumns, billAmount } from '../bills/bill-columns.js';
import { billUrl, readDownloadedBill } from '../bills/bill-file.js';
import { BillUnavailableError } from '../bill-unavailable.error.js';
import type { BillLine } from '../payment-provider.js';
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

/** Longer than any row; a quote that is never closed would otherwise gather the whole file. */
const MAX_ROW_BYTES = 64 * 1024;

const HOSTS = ['alipay.com', 'alipaydev.com'] as const;

/** Unpacked; a small file that claims more is no bill. */
const MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024;

/** The notes below the details are a few lines. */
const TAIL_CHARACTERS = 4096;

/** Bit 11 of a zip entry's flags: its name is UTF-8 (APPNOTE.TXT, 4.4.4); Alipay's are GBK without it. */
const UTF8_NAME = 0x800;

/** Streams the trade bill of a day (业务明细): a zip of CSV in GBK. */
export async function* downloadAlipayBill(gateway: AlipayGateway, date: string): AsyncGenerator<BillLine> {
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

async function* readZip(path: string): AsyncGenerator<BillLine> {
  const zip = await openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false });
  try {
    yield* readRows(await openDetails(zip));
  } finally {
    zip.close();
  }
}

/** The zip holds the details and a summary (汇总) beside them. */
async function openDetails(zip: ZipFile): Promise<Readable> {
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    if (!name.endsWith('.csv') || name.includes('汇总')) continue;
    if (entry.uncompressedSize > MAX_UNPACKED_BYTES)
      throw new Error(`Alipay's bill is larger than ${MAX_UNPACKED_BYTES} bytes when unpacked`);
    return zip.openReadStreamPromise(entry);
  }
  throw new Error("Alipay's bill holds no CSV with details");
}

function nameOf(entry: Entry): string {
  // Typed as text, but bytes with decodeStrings off.
  const bytes = entry.fileName as unknown as Buffer;
  return iconv.decode(bytes, entry.generalPurposeBitFlag & UTF8_NAME ? 'utf8' : 'gbk');
}

async function* readRows(csv: Readable): AsyncGenerator<BillLine> {
  const rows = parse({
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
  });
  // What breaks on the way destroys the last stream with its error, which the loop below throws.
  pipeline(csv, iconv.decodeStream('gbk'), untilItsEnd, rows, () => {});
  let columns: BillColumns<keyof typeof TITLES> | null = null;
  for await (const row of rows as AsyncIterable<string[]>) {
    if (columns === null) {
      const heading = row.map((title) => title.trim());
      columns = new BillColumns(heading, TITLES);
      continue;
    }
    const line = readLine(columns.read(row));
    if (line !== null) yield line;
  }
}

/** Passes the text on; the note that ends the details proves that nothing was cut off. */
async function* untilItsEnd(text: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  let tail = '';
  for await (const part of text) {
    tail = (tail + String(part)).slice(-TAIL_CHARACTERS);
    yield String(part);
  }
  if (!/^#.*列表结束/m.test(tail)) throw new Error("Alipay's bill ends before its details do");
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
