import { channelNumber } from '../channel-number.js';
import type { BillLine, UnreadableRow } from '../payment-provider.js';
import { BillColumns, type ColumnTitles } from './bill-columns.js';

/** Longer than any row; what is longer is not a bill. */
export const MAX_ROW_CHARACTERS = 64 * 1024;

/** A name with more line breaks than this is none: each line more means reading the row once more. */
const MAX_LINES_OF_ROW = 100;

/** A bill with more of them has another form than the one known here, and none of it is believed. */
export const MAX_UNREADABLE_ROWS = 100;

/** How a channel writes its bills. */
export interface BillForm<Name extends string> {
  titles: ColumnTitles<Name>;
  /** The heading's titles. */
  titlesIn(line: string): string[];
  /** A row's values, as far as `text` has them. */
  valuesIn(text: string): string[];
  /** Null for a row that tells of no money. @throws Error that says what can't be read */
  lineOf(values: Record<Name, string>): BillLine | null;
}

/**
 * The lines of a text. @throws Error for one of more than {@link MAX_ROW_CHARACTERS}
 */
export async function* linesOf(text: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const part of text) {
    const lines = (rest + String(part)).split('\n');
    rest = lines.pop()!;
    for (const line of [...lines, rest]) {
      if (line.length > MAX_ROW_CHARACTERS)
        throw new Error(`a line of the bill has more than ${MAX_ROW_CHARACTERS} characters`);
    }
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}

/**
 * Reads a bill's heading and rows. A line break inside a value is part of its row: lines are put together until the row
 * has all of its values, {@link MAX_LINES_OF_ROW} at most.
 *
 * @param lines the heading and what belongs to the rows, nothing else
 * @throws Error where the heading lacks a column, or where more than {@link MAX_UNREADABLE_ROWS} can't be read
 */
export async function* readBillRows<Name extends string>(
  lines: AsyncIterable<string>,
  form: BillForm<Name>,
): AsyncGenerator<BillLine | UnreadableRow> {
  let reader: RowReader<Name> | null = null;
  for await (const line of lines) {
    if (reader) yield* reader.take(line);
    else reader = new RowReader(new BillColumns(form.titlesIn(line), form.titles), form);
  }
  if (reader) yield* reader.end();
}

class RowReader<Name extends string> {
  private begun = '';
  private begunLines = 0;
  private rows = 0;
  private unreadable = 0;

  constructor(
    private readonly columns: BillColumns<Name>,
    private readonly form: BillForm<Name>,
  ) {}

  *take(line: string): Generator<BillLine | UnreadableRow> {
    const alone = this.form.valuesIn(line);
    if (this.isComplete(alone)) {
      yield* this.end();
      yield* this.read(line, alone);
      return;
    }
    const whole = this.begun === '' ? line : `${this.begun}\n${line}`;
    const together = this.begun === '' ? alone : this.form.valuesIn(whole);
    const lines = this.begunLines + 1;
    const isEndless = whole.length > MAX_ROW_CHARACTERS || lines >= MAX_LINES_OF_ROW;
    const isRead = this.isComplete(together) || isEndless;
    [this.begun, this.begunLines] = isRead ? ['', 0] : [whole, lines];
    if (isRead) yield* this.read(whole, together);
  }

  /** What was begun and never completed. */
  *end(): Generator<BillLine | UnreadableRow> {
    const { begun } = this;
    [this.begun, this.begunLines] = ['', 0];
    if (begun !== '') yield* this.read(begun, this.form.valuesIn(begun));
  }

  private isComplete(values: readonly string[]): boolean {
    return values.length >= this.columns.count;
  }

  private *read(text: string, values: readonly string[]): Generator<BillLine | UnreadableRow> {
    this.rows += 1;
    try {
      const line = this.form.lineOf(this.columns.read(values));
      if (line !== null) yield checked(line);
    } catch (error) {
      yield this.unreadableRow(text, (error as Error).message);
    }
  }

  private unreadableRow(text: string, reason: string): UnreadableRow {
    this.unreadable += 1;
    if (this.unreadable > MAX_UNREADABLE_ROWS)
      throw new Error(`more than ${MAX_UNREADABLE_ROWS} rows of the bill can't be read; the last: ${reason}`);
    return { kind: 'unreadable', row: this.rows, reason, text };
  }
}

function checked(line: BillLine): BillLine {
  for (const number of [line.orderId, line.tradeNo, line.refundNo]) {
    if (number !== null && !channelNumber.safeParse(number).success)
      throw new Error(`not the number of an order, a trade or a refund: ${JSON.stringify(number)}`);
  }
  return line;
}
