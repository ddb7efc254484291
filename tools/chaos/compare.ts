import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { SandboxOrder } from '../../src/sandbox/index.js';
import { INVARIANTS } from '../../test/support/invariants.js';

interface PaymentRow {
  id: string;
  order_id: string;
  provider: string;
  amount_fen: number;
  status: string;
  provider_trade_no: string | null;
  refunded_fen: number;
  paid_at: Date | null;
}

interface RefundRow {
  refund_no: string;
  order_id: string;
  amount_fen: number;
  status: string;
}

/** The channels' orders by number, as their journal last wrote them down. */
export function readJournal(path: string): Map<string, SandboxOrder> {
  const orders = new Map<string, SandboxOrder>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!line.startsWith('{"order"')) continue;
    const { order } = JSON.parse(line) as { order: SandboxOrder };
    orders.set(order.outTradeNo, order);
  }
  return orders;
}

/** Each sentence is one violation: what the channels know against what the database says, both ways, and inside it. */
export async function findViolations(
  dataSource: DataSource,
  journal: Map<string, SandboxOrder>,
): Promise<string[]> {
  const payments: PaymentRow[] = await dataSource.query('SELECT * FROM commercial.orders');
  const refunds: RefundRow[] = await dataSource.query(
    `SELECT r.refund_no, p.order_id, r.amount_fen, r.status FROM commercial.payment_refunds r
     JOIN commercial.orders p ON p.id = r.payment_id`,
  );
  const known = new Set(payments.map(({ order_id }) => order_id));
  const twins = twinsAmong(journal);
  const strangers = [...journal.keys()].filter((orderId) => !known.has(orderId));
  return [
    ...strangers.map((orderId) => `${orderId}: ordered at the channel, and not in the database`),
    ...payments.flatMap((payment) => againstChannel(payment, journal.get(payment.order_id) ?? null, twins)),
    ...tradesCountedTwice(payments),
    ...payments.flatMap((payment) =>
      refundsAgainstChannel(
        payment,
        refunds.filter(({ order_id }) => order_id === payment.order_id),
        journal.get(payment.order_id) ?? null,
      ),
    ),
    ...(await brokenInvariants(dataSource)),
  ];
}

/** The orders that share their trade number with another, by theirs: one of them at most may count as paid. */
function twinsAmong(journal: Map<string, SandboxOrder>): Set<string> {
  const first = new Map<string, string>();
  const twins = new Set<string>();
  for (const { channel, channelTradeNo, outTradeNo } of journal.values()) {
    const trade = `${channel} ${channelTradeNo}`;
    const other = first.get(trade);
    if (other === undefined) first.set(trade, outTradeNo);
    else twins.add(other).add(outTradeNo);
  }
  return twins;
}

function tradesCountedTwice(payments: PaymentRow[]): string[] {
  const counted = new Map<string, number>();
  for (const { provider, provider_trade_no: tradeNo } of payments) {
    const trade = `${provider} ${tradeNo}`;
    if (tradeNo !== null) counted.set(trade, (counted.get(trade) ?? 0) + 1);
  }
  const twice = [...counted].filter(([, times]) => times > 1);
  return twice.map(([trade, times]) => `trade ${trade}: pays ${times} orders here (money invented)`);
}

function againstChannel(
  payment: PaymentRow,
  order: SandboxOrder | null,
  twins: ReadonlySet<string>,
): string[] {
  const { order_id: orderId, status } = payment;
  const isPaid = payment.paid_at !== null;
  const paysInFull = order?.state === 'paid' && order.amountFen === payment.amount_fen;
  // An order that was tampered with at the channel is for a person to look at, and for nobody to honour.
  const wasTampered = order !== null && (order.amountFen !== payment.amount_fen || twins.has(orderId));
  const found: string[] = [];
  if (isPaid && !paysInFull)
    found.push(`${orderId}: ${status} here, ${order?.state ?? 'unknown'} at the channel (money invented)`);
  if (!isPaid && paysInFull && !wasTampered)
    found.push(`${orderId}: paid at the channel, ${status} here (money lost)`);
  if (status === 'pending' && !wasTampered) found.push(`${orderId}: still pending after everything ended`);
  if (isPaid && order && payment.provider_trade_no !== order.channelTradeNo)
    found.push(`${orderId}: another trade number`);
  return found;
}

function refundsAgainstChannel(
  payment: PaymentRow,
  refunds: RefundRow[],
  order: SandboxOrder | null,
): string[] {
  const atChannel = new Map((order?.refunds ?? []).map((refund) => [refund.refundNo, refund]));
  const found: string[] = [];
  for (const { refund_no: no, amount_fen: fen, status } of refunds) {
    const there = atChannel.get(no);
    const isDone = there?.state === 'succeeded' && there.amountFen === fen;
    if (status === 'succeeded' && !isDone) found.push(`refund ${no}: succeeded here, not at the channel`);
    if (status !== 'succeeded' && isDone) found.push(`refund ${no}: done at the channel, ${status} here`);
    if (status === 'pending' && !isDone) found.push(`refund ${no}: still pending after everything ended`);
    atChannel.delete(no);
  }
  for (const no of atChannel.keys())
    found.push(`refund ${no}: done at the channel, unknown here (money doubled)`);
  const total = (order?.refunds ?? []).reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (total !== payment.refunded_fen) {
    found.push(`${payment.order_id}: ${total} fen went back at the channel, ${payment.refunded_fen} here`);
  }
  return found;
}

async function brokenInvariants(dataSource: DataSource): Promise<string[]> {
  const found: string[] = [];
  for (const [sentence, query] of Object.entries(INVARIANTS)) {
    const rows: unknown[] = await dataSource.query(query);
    for (const row of rows) found.push(`not true that ${sentence}: ${JSON.stringify(row)}`);
  }
  return found;
}
