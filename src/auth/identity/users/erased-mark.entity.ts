import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** Who was erased, as a keyed hash that nobody can turn back: by it a name that comes again is known. */
@Entity({ schema: 'commercial', name: 'erased_marks' })
export class ErasedMark {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'erased_marks_pkey' })
  mark: Buffer;

  /** The personal account, or the customer's, of the one erased last. */
  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'erased_marks_account_fkey' })
  account?: Account;

  @Column({ type: 'timestamptz', name: 'erased_at', precision: 3 })
  erasedAt: Date;
}
