import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';
import type { AgreementStatus } from './agreement-status.js';

/** An account's agreement with a buyer at a channel: its renewals may be charged without the buyer's doing. */
@Entity({ schema: 'commercial', name: 'payment_agreements' })
@Index('payment_agreements_number_key', ['number'], { unique: true })
@Index('payment_agreements_one_live_per_account', ['accountId'], {
  unique: true,
  where: `status IN ('pending', 'active')`,
})
@Index('payment_agreements_account', ['accountId', 'createdAt'])
@Index('payment_agreements_check', ['checkAt'], { where: `check_at IS NOT NULL` })
@Index('payment_agreements_charge', ['chargeAt'], { where: `charge_at IS NOT NULL` })
@Check('payment_agreements_status', `status IN ('pending', 'active', 'ended')`)
@Check(
  'payment_agreements_active_is_signed',
  `status <> 'active' OR (provider_agreement_no IS NOT NULL AND signed_at IS NOT NULL)`,
)
@Check('payment_agreements_ended_has_time', `(status = 'ended') = (ended_at IS NOT NULL)`)
@Check('payment_agreements_charge_on_active', `charge_at IS NULL OR status = 'active'`)
export class PaymentAgreement {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_agreements_pkey' })
  id: string;

  /** Ours, 32 characters of `[0-9A-Za-z]`: Alipay's `external_agreement_no`. Stored before the channel hears of it. */
  @Column('text')
  number: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'payment_agreements_account_fkey' })
  account?: Account;

  /** Who asked for it, and in whose name it orders. */
  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  provider: string;

  /** The channel's own number; null until it is signed. */
  @Column('text', { name: 'provider_agreement_no', nullable: true })
  providerAgreementNo: string | null;

  @Column('text')
  status: AgreementStatus;

  /** Where the buyer signs, while it is pending. */
  @Column('text', { name: 'sign_url', nullable: true })
  signUrl: string | null;

  /** When the channel is asked next, by business time; null where nothing is left to find out. */
  @Column({ type: 'timestamptz', name: 'check_at', precision: 3, nullable: true })
  checkAt: Date | null;

  /** When it is looked at next whether a renewal is to be charged, by business time; null until something makes it due. */
  @Column({ type: 'timestamptz', name: 'charge_at', precision: 3, nullable: true })
  chargeAt: Date | null;

  /** Since when it is to end: nothing is charged on it any more, and its channel is asked until that has ended it. */
  @Column({ type: 'timestamptz', name: 'end_requested_at', precision: 3, nullable: true })
  endRequestedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'signed_at', precision: 3, nullable: true })
  signedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
