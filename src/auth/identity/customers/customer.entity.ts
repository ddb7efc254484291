import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../users/account.entity.js';
import type { Locale } from '../users/user.entity.js';

/**
 * Somebody whom another application knows under an id of its own. A customer owns an account as a user does, has no
 * password and can't sign in. A user who proves the mailbox may act for the account, as a member of it.
 *
 * Where usage, orders and the like name who did something, they name a customer's `id` in the place of a user's.
 */
@Entity({ schema: 'commercial', name: 'customers' })
@Index('customers_external_id_key', ['externalId'], { unique: true })
@Index('customers_account_key', ['accountId'], { unique: true })
@Index('customers_created', ['createdAt', 'id'])
@Index('customers_email', ['email', 'createdAt', 'id'], { where: `email IS NOT NULL` })
@Index('customers_erased', ['erasedAt'], { where: `erased_at IS NOT NULL` })
@Index('customers_link_token_key', ['linkTokenHash'], { unique: true, where: `link_token_hash IS NOT NULL` })
@Check('customers_email_normal', `email = lower(btrim(email))`)
@Check('customers_locale', `locale IN ('zh-CN', 'en')`)
@Check('customers_link', `(link_token_hash IS NULL) = (link_expires_at IS NULL)`)
export class Customer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'customers_pkey' })
  id: string;

  /** The other application's; an erased customer has one that no application can choose. */
  @Column('text', { name: 'external_id' })
  externalId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'customers_account_fkey' })
  account?: Account;

  /** Trimmed and in lower case. As the application says; nobody has proved it, and several may have the same. */
  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;

  @Column('text')
  locale: Locale;

  @Column('jsonb', { default: '{}' })
  metadata: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'erased_at', precision: 3, nullable: true })
  erasedAt: Date | null;

  /** SHA-256 of the token of the link that was sent to the address last; null where none can be used. */
  @Column('bytea', { name: 'link_token_hash', nullable: true })
  linkTokenHash: Buffer | null;

  @Column({ type: 'timestamptz', name: 'link_expires_at', precision: 3, nullable: true })
  linkExpiresAt: Date | null;
}
