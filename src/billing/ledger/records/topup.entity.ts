import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { TopupPack } from '../../catalog/topup-packs/topup-pack.entity.js';

/** One order of a top-up pack, with the terms at that moment. */
@Entity({ schema: 'commercial', name: 'topups' })
@Index('topups_account', ['accountId', 'createdAt', 'id'])
@Check('topups_granted', `(granted_at IS NULL) = (valid_until IS NULL)`)
@Check('topups_taken_back', `taken_back_at IS NULL OR granted_at IS NOT NULL`)
export class Topup {
  /** The payment's id, and the grant's: one order can grant once only. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'topups_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'pack_id' })
  packId: string;

  @ManyToOne(() => TopupPack, { nullable: false })
  @JoinColumn({ name: 'pack_id', foreignKeyConstraintName: 'topups_pack_fkey' })
  pack: TopupPack;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  @Column('integer')
  amount: number;

  @Column('integer', { name: 'valid_days' })
  validDays: number;

  /** When it was paid and granted; null until then. */
  @Column({ type: 'timestamptz', name: 'granted_at', precision: 3, nullable: true })
  grantedAt: Date | null;

  /** Exclusive. */
  @Column({ type: 'timestamptz', name: 'valid_until', precision: 3, nullable: true })
  validUntil: Date | null;

  /** When its money went back; what was left of it ended then. */
  @Column({ type: 'timestamptz', name: 'taken_back_at', precision: 3, nullable: true })
  takenBackAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
