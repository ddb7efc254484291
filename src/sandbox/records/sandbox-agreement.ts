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
