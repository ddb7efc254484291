import { Injectable } from '@nestjs/common';
import { SandboxJournal } from './sandbox-journal.js';
import type { SandboxAgreement } from './sandbox-agreement.js';

/** The gateway's agreements: in memory, every change in the journal first. */
@Injectable()
export class SandboxAgreements {
  private readonly book = new Map<string, SandboxAgreement>();

  constructor(private readonly journal: SandboxJournal) {
    for (const entry of journal.entries)
      if ('agreement' in entry) this.book.set(entry.agreement.externalNo, entry.agreement);
  }

  find(externalNo: string): SandboxAgreement | null {
    return this.book.get(externalNo) ?? null;
  }

  findByNo(agreementNo: string): SandboxAgreement | null {
    for (const agreement of this.book.values()) if (agreement.agreementNo === agreementNo) return agreement;
    return null;
  }

  save(agreement: SandboxAgreement): SandboxAgreement {
    this.journal.append({ agreement });
    this.book.set(agreement.externalNo, agreement);
    return agreement;
  }
}
