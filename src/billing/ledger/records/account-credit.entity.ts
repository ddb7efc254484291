import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../../auth/identity/users/account.entity.js';

/** One movement of an account's credit: what a change left over, and what later orders used. The sum is the balance. */
@Entity({ schema: 'commercial', name: 'account_credits' })
@Index('account_credits_account', ['accountId'])
@Index('account_credits_period', ['periodId'], { where: `period_id IS NOT NULL` })
@Check('account_credits_amount', `amount_fen <> 0`)
export class AccountCredit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_credits_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'account_credits_account_fkey' })
  account?: Account;

  /** Above 0 where it came in, below where it was used. */
  @Column('integer', { name: 'amount_fen' })
  amountFen: number;

  /** The period that it was left over from or used for; null where a refund returned it. */
  @Column('uuid', { name: 'period_id', nullable: true })
  periodId: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
