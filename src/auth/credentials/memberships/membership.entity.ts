import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../identity/users/account.entity.js';
import { User } from '../../identity/users/user.entity.js';
import type { AccountRole } from '../../identity/caller/authenticated-user.js';

/** That a user may act for an organization, and how far. */
@Entity({ schema: 'commercial', name: 'memberships' })
@Index('memberships_user', ['userId'])
@Check('memberships_role', `role IN ('owner', 'admin', 'member')`)
export class Membership {
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'memberships_pkey' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'memberships_account_fkey' })
  account?: Account;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'memberships_pkey' })
  userId: string;

  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'memberships_user_fkey' })
  user?: User;

  @Column('text')
  role: AccountRole;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
