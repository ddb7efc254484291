import type { Listing, Usage } from '@idoctor/commercial-client';

/** Saves every usage of a list as a file that spreadsheets read as UTF-8. */
export async function usageCsv(
  list: Listing<Usage>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const lines = ['id,createdAt,resourceType,resourceId,status,cost'];
  for await (const { id, createdAt, resourceType, resourceId, status, cost } of list) {
    lines.push([id, createdAt, resourceType, resourceId ?? '', status, cost].map(cell).join(','));
  }
  const file = new Blob(['\uFEFF', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' });
  save(file, `usage-${from}-${to}.csv`);
}

/** Offers a file that the page has made. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What begins like a formula would be one for a spreadsheet. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
