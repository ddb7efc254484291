import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

export type CsvValue = string | number | Date | null;

/** Where a spreadsheet would begin to calculate (OWASP, CSV Injection); in its full-width forms too. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Tells spreadsheets that the file is in UTF-8: without it they show Chinese as noise. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * One line of CSV (RFC 4180), its end included. Every text is quoted; one that would be a formula is preceded by an
 * apostrophe, which spreadsheets take for "this is text". Times are RFC 3339, what isn't there is empty.
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

/** @param header the names of the columns. @returns a file for download, made while it is read. */
export function csvFile(
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
): StreamableFile {
  return new StreamableFile(Readable.from(lines(header, rows)), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });
}

async function* lines(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(header);
  for await (const row of rows) yield csvLine(row);
}

function field(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
