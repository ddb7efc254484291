import { Injectable } from '@nestjs/common';
import { SandboxJournal } from '../orders/sandbox-journal.js';

/** An agreement at Alipay's gateway: a value; every change makes a new one. Times are RFC 3339 in UTC. */
export interface SandboxAgreement {
  /** The merchant's number, `external_agreement_no` on the wire. */
  readonly externalNo: string;
  /** The channel's own. */
  readonly agreementNo: string;
  readonly signScene: string;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly state: 'unsigned' | 'signed' | 'ended';
  readonly signedAt: string | null;
  /** True: the buyer's purse is empty, and charges are refused. */
  readonly empty?: boolean;
}

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
