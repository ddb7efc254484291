import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../identity/users/account.entity.js';
import type { PortalFlow } from './portal-flow.js';

/** A link into the portal that works once, and the session that it opens. */
@Entity({ schema: 'commercial', name: 'portal_sessions' })
@Index('portal_sessions_link_hash_key', ['linkHash'], { unique: true })
@Index('portal_sessions_token_hash_key', ['tokenHash'], { unique: true, where: `token_hash IS NOT NULL` })
@Index('portal_sessions_user', ['userId'])
@Check('portal_sessions_opened', `(opened_at IS NULL) = (token_hash IS NULL)`)
export class PortalSession {
  /** Access tokens name it as `sid`. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_sessions_pkey' })
  id: string;

  /** Of a user, or of a customer. */
  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'portal_sessions_account_fkey' })
  account?: Account;

  @Column('text')
  flow: PortalFlow;

  /** Where the portal leads back to; null where it leads nowhere. */
  @Column('text', { name: 'return_url', nullable: true })
  returnUrl: string | null;

  /** SHA-256 of the link's token, which itself is never stored. */
  @Column('bytea', { name: 'link_hash' })
  linkHash: Buffer;

  /** SHA-256 of the session's token; null until the link is opened. */
  @Column('bytea', { name: 'token_hash', nullable: true })
  tokenHash: Buffer | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** Of the link, until it is opened; from then on of the session. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', name: 'opened_at', precision: 3, nullable: true })
  openedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;
}
