import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../identity/users/account.entity.js';
import type { AccountRole } from '../../identity/caller/authenticated-user.js';

/** An organization's offer to whoever reads the mail at that address. */
@Entity({ schema: 'commercial', name: 'invitations' })
@Index('invitations_token_hash_key', ['tokenHash'], { unique: true })
@Index('invitations_account', ['accountId', 'createdAt', 'id'])
@Check('invitations_role', `role IN ('owner', 'admin', 'member')`)
export class Invitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invitations_pkey' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'invitations_account_fkey' })
  account?: Account;

  /** In its normal form. */
  @Column('text')
  email: string;

  @Column('text')
  role: AccountRole;

  /** SHA-256 of the token in the mail, which itself is never stored. */
  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('uuid', { name: 'invited_by' })
  invitedBy: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  /** When it was accepted or withdrawn. */
  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null;
}
