import { appendFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SandboxAgreement } from './sandbox-agreement.js';
import type { SandboxNotice } from './notice.js';
import type { SandboxOrder } from './sandbox-order.js';

/** One change: the whole state of an order, a notification or an agreement after it; the last word on each counts. */
export type JournalEntry =
  { order: SandboxOrder } | { notice: SandboxNotice } | { agreement: SandboxAgreement };

/** An append-only file of JSON lines. One process writes it at a time. */
export class SandboxJournal {
  /** What the file held at the start. */
  readonly entries: readonly JournalEntry[];

  /**
   * @param path null keeps nothing.
   * @throws Error if a line other than the last is damaged.
   */
  constructor(private readonly path: string | null) {
    if (path) mkdirSync(dirname(path), { recursive: true });
    this.entries = path ? readEntries(path) : [];
  }

  /** Written before it returns: what a caller was told survives the end of the process. */
  append(entry: JournalEntry): void {
    if (this.path) appendFileSync(this.path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }
}

function readEntries(path: string): JournalEntry[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const end = bytes.lastIndexOf('\n') + 1;
  // A process killed in the middle of a write leaves half a line, which the next line must not be glued to.
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => parseLine(path, line, index + 1));
}

function parseLine(path: string, line: string, number: number): JournalEntry {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    throw new Error(
      `Line ${number} of the sandbox journal ${path} is damaged: delete that line, or the file.`,
    );
  }
}
