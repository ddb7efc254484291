import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../auth/identity/users/account.entity.js';

/** Every state but `open` is final. */
export type HoldStatus = 'open' | 'committed' | 'released' | 'expired';

/**
 * Who made a hold, and so may settle it:
 * - `host`: code in this process, `@RequireQuota()` among it
 * - `service`: a service key that acts for the customer
 * - `customer`: somebody with their own token or API key
 */
export type HoldMaker = 'host' | 'service' | 'customer';

/** Quota set aside for work that isn't done yet. What it took from which balance stands in the usage log of its id. */
@Entity({ schema: 'commercial', name: 'quota_holds' })
@Index('quota_holds_open', ['accountId', 'expiresAt'], { where: `status = 'open'` })
@Index('quota_holds_due', ['expiresAt'], { where: `status = 'open'` })
@Index('quota_holds_settled', ['settledAt'], { where: `status <> 'open'` })
@Check('quota_holds_status', `status IN ('open', 'committed', 'released', 'expired')`)
@Check('quota_holds_made_by', `made_by IN ('host', 'service', 'customer')`)
@Check('quota_holds_settled_at', `(status = 'open') = (settled_at IS NULL)`)
export class QuotaHold {
  /** The usage's id too. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quota_holds_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'quota_holds_account_fkey' })
  account?: Account;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  @Column('text', { default: 'open' })
  status: HoldStatus;

  @Column('text', { name: 'made_by', default: 'customer' })
  madeBy: HoldMaker;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** From this moment on it counts as released, whether or not somebody has released it. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', name: 'settled_at', precision: 3, nullable: true })
  settledAt: Date | null;
}
