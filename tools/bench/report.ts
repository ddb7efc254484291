import type { BillFigures } from './bill.js';
import type { ConsumeFigures } from './consume.js';
import type { HttpFigures } from './http.js';
import type { Contestant, Load } from './load.js';
import type { SettleFigures } from './settle.js';
import type { UsageFigures } from './usage.js';

/** Tables in Markdown, for people and for docs/operate/performance.md. */
export function consumeTables({ spread, hot, alone }: ConsumeFigures): string {
  const crowded = table(
    ['debits, 256 callers', 'per second', 'p50 ms', 'p99 ms', 'to the floor'],
    [...crowd('10,000 accounts', spread.raw), ...crowd('one hot account', hot.raw)],
  );
  const single = table(
    ['debits, alone', 'per second', 'p50 ms', 'p99 ms', 'p50 to the floor'],
    Object.entries(alone.raw).map(([name, load]) => [name, ...numbers(load), times(load.toFirst.p50)]),
  );
  return `${crowded}\n\n${single}`;
}

export function httpTable({ guard }: HttpFigures): string {
  const { one, two } = guard.raw;
  return table(
    ['HTTP, 256 connections', 'per second', 'p50 ms', 'p99 ms', 'to unguarded'],
    Object.entries({ 'one process': one, 'two processes': two }).flatMap(([label, raw]) =>
      Object.entries(raw).map(([name, load]) => [
        `${name}, ${label}`,
        ...numbers(load),
        times(load.toFirst.perSecond),
      ]),
    ),
  );
}

function crowd(label: string, raw: Record<string, Contestant>): string[][] {
  return Object.entries(raw).map(([name, load]) => [
    `${name}, ${label}`,
    ...numbers(load),
    times(load.toFirst.perSecond),
  ]);
}

export function usageTable({ raw, ratios }: UsageFigures): string {
  const sizes = Object.keys(raw);
  return table(
    ['usage, median ms', ...sizes.map((size) => `${Number(size).toLocaleString('en')} rows`), 'ratio'],
    Object.entries(ratios).map(([name, ratio]) => [
      name,
      ...sizes.map((size) => raw[size]![name as keyof typeof ratios].toFixed(2)),
      times(ratio),
    ]),
  );
}

export function settleTable({ raw }: SettleFigures): string {
  const names = {
    alipay: 'Alipay',
    wechat: 'WeChat Pay',
    sql: 'bare SQL',
    verify: 'bare RSA-2048 verification',
  };
  return table(
    ['settlements, 16 callers', 'per second', 'p50 ms', 'p99 ms', 'to SQL', 'to RSA'],
    Object.entries(raw).map(([name, load]) => [
      names[name as keyof typeof names],
      ...numbers(load),
      times(load.perSecond / raw.sql.perSecond),
      `${(load.perSecond / raw.verify.perSecond).toFixed(4)} ×`,
    ]),
  );
}

export function billTable({ lines, matched, seconds, startedMiB, peakMiB }: BillFigures): string {
  const count = (number: number) => number.toLocaleString('en');
  return table(
    ['a bill in the serving process', 'lines', 'matched', 'seconds', 'MiB before', 'MiB at most'],
    [['Alipay', count(lines), count(matched), seconds.toFixed(0), count(startedMiB), count(peakMiB)]],
  );
}

function numbers({ perSecond, p50, p99 }: Load): string[] {
  return [Math.round(perSecond).toLocaleString('en'), p50.toFixed(2), p99.toFixed(2)];
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, n) => Math.max(cell.length, ...rows.map((row) => row[n]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => (n ? cell.padStart(widths[n]!) : cell.padEnd(widths[n]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, n) => (n ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
