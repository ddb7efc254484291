import type { DataSource } from 'typeorm';
import type { BillLine, UnreadableRow } from '../../../providers/payment-provider.js';

/** Lines of one INSERT: few enough to hold in memory many times over, enough that the round trips don't count. */
const BATCH = 500;

/** One JSON text for a batch: an array for each column costs several times the memory, and as much again in garbage. */
const INSERT_LINES = `
INSERT INTO commercial.reconciliation_lines
  (reconciliation_id, line, kind, order_id, refund_no, trade_no, amount_fen, at)
SELECT $1, $2 + nth, kind, "orderId", "refundNo", "tradeNo", "amountFen", at
FROM ROWS FROM (json_to_recordset($3::json)
  AS (kind text, "orderId" text, "refundNo" text, "tradeNo" text, "amountFen" bigint, at timestamptz))
  WITH ORDINALITY AS lines (kind, "orderId", "refundNo", "tradeNo", "amountFen", at, nth)`;

export interface StagedBill {
  /** How many the bill has, with those that can't be read. */
  rows: number;
  /** What is to be said of each row that can't be read: its place, why, and its text. */
  unreadable: string[];
}

/** Enough to find the row in the bill. */
const MAX_TEXT = 300;

/**
 * Writes a bill down beside our records, batch by batch, each in a transaction of its own: the bill comes over the
 * network, and no transaction stays open while that takes its time.
 *
 */
export async function stageBill(
  dataSource: DataSource,
  reconciliationId: string,
  bill: AsyncIterable<BillLine | UnreadableRow>,
): Promise<StagedBill> {
  let count = 0;
  let batch: BillLine[] = [];
  const flush = async () => {
    const before = count - batch.length;
    await dataSource.query(INSERT_LINES, [reconciliationId, before, JSON.stringify(batch)]);
    batch = [];
  };
  const unreadable: string[] = [];
  for await (const line of bill) {
    if (line.kind === 'unreadable') {
      unreadable.push(detailOf(line));
      continue;
    }
    batch.push(line);
    count += 1;
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  // Fresh rows without statistics make the comparison a nested loop of a million by a million.
  await dataSource.query('ANALYZE commercial.reconciliation_lines');
  return { rows: count + unreadable.length, unreadable };
}

function detailOf({ row, reason, text }: UnreadableRow): string {
  const told = `row ${row}: ${reason}: ${text}`.slice(0, MAX_TEXT);
  // PostgreSQL stores no NUL, and a person reads one line.
  return told.replace(/\p{Cc}+/gu, ' ').trim();
}

export async function clearStaging(dataSource: DataSource, reconciliationId: string): Promise<void> {
  await dataSource.query('DELETE FROM commercial.reconciliation_lines WHERE reconciliation_id = $1', [
    reconciliationId,
  ]);
}
