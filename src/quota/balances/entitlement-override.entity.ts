import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../auth/identity/users/account.entity.js';

/** What a feature may be worth beside quota. */
export type FeatureValue = boolean | number | string;

/** An administrator's word on a feature of one account, which stands before its plan's until it ends. */
@Entity({ schema: 'commercial', name: 'entitlement_overrides' })
@Index('entitlement_overrides_live_key', ['accountId', 'feature'], {
  unique: true,
  where: `ended_at IS NULL`,
})
@Index('entitlement_overrides_account', ['accountId', 'createdAt', 'id'])
@Index('entitlement_overrides_created', ['createdAt', 'id'])
@Index('entitlement_overrides_due', ['endsAt'], { where: `ended_at IS NULL` })
@Check('entitlement_overrides_value', `jsonb_typeof(value) IN ('boolean', 'number', 'string')`)
export class EntitlementOverride {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'entitlement_overrides_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'entitlement_overrides_account_fkey' })
  account?: Account;

  @Column('text')
  feature: string;

  @Column('jsonb')
  value: FeatureValue;

  /** From this moment on it holds no longer, whether or not somebody has noticed. */
  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3 })
  endsAt: Date;

  @Column('text')
  reason: string;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When it was removed, replaced, or found to be over. */
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;
}
