import type { DataSource } from 'typeorm';
import type { BillLine } from '../../providers/payment-provider.js';

/** Lines of one INSERT: few enough to hold in memory many times over, enough that the round trips don't count. */
const BATCH = 5_000;

const INSERT_LINES = `
INSERT INTO commercial.reconciliation_lines
  (reconciliation_id, line, kind, order_id, refund_no, trade_no, amount_fen, at)
SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[])`;

/**
 * Writes a bill down beside our records, batch by batch, each in a transaction of its own: the bill comes over the
 * network, and no transaction stays open while that takes its time.
 *
 * @returns how many lines it has
 */
export async function stageBill(
  dataSource: DataSource,
  reconciliationId: string,
  bill: AsyncIterable<BillLine>,
): Promise<number> {
  let count = 0;
  let batch: BillLine[] = [];
  const flush = async () => {
    const first = count - batch.length + 1;
    await dataSource.query(INSERT_LINES, [
      reconciliationId,
      batch.map((_, index) => first + index),
      batch.map((line) => line.kind),
      batch.map((line) => line.orderId),
      batch.map((line) => line.refundNo),
      batch.map((line) => line.tradeNo),
      batch.map((line) => line.amountFen),
      batch.map((line) => line.at),
    ]);
    batch = [];
  };
  for await (const line of bill) {
    batch.push(line);
    count += 1;
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  // Fresh rows without statistics make the comparison a nested loop of a million by a million.
  await dataSource.query('ANALYZE commercial.reconciliation_lines');
  return count;
}

export async function clearStaging(dataSource: DataSource, reconciliationId: string): Promise<void> {
  await dataSource.query('DELETE FROM commercial.reconciliation_lines WHERE reconciliation_id = $1', [
    reconciliationId,
  ]);
}
