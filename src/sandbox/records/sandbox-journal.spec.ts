import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxJournal, type JournalEntry } from './sandbox-journal.js';

const entry = (id: string) => ({ notice: { id } }) as JournalEntry;

describe('SandboxJournal', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-journal-'));
    path = join(folder, 'deep', 'orders.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was appended, in order', () => {
    const journal = new SandboxJournal(path);
    expect(journal.entries).toEqual([]);
    journal.append(entry('第一'));
    journal.append(entry('b'));
    expect(new SandboxJournal(path).entries).toEqual([entry('第一'), entry('b')]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('drops a torn last line, and goes on behind the whole ones', () => {
    new SandboxJournal(path).append(entry('a'));
    appendFileSync(path, '{"notice":{"id":"to');
    const reopened = new SandboxJournal(path);
    expect(reopened.entries).toEqual([entry('a')]);
    reopened.append(entry('b'));
    expect(new SandboxJournal(path).entries).toEqual([entry('a'), entry('b')]);
  });

  it('names the line that is damaged elsewhere, and changes nothing', () => {
    new SandboxJournal(path).append(entry('a'));
    writeFileSync(path, `${readFileSync(path, 'utf8')}nonsense\n{}\n`);
    const before = readFileSync(path, 'utf8');
    expect(() => new SandboxJournal(path)).toThrow(
      /^Line 2 of the sandbox journal .*orders\.jsonl is damaged/,
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('keeps nothing without a path', () => {
    const journal = new SandboxJournal(null);
    journal.append(entry('a'));
    expect(journal.entries).toEqual([]);
  });
});
