import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

export type Role = 'user' | 'admin';
export type Locale = 'zh-CN' | 'en';

@Entity({ schema: 'commercial', name: 'users' })
@Index('users_email_key', ['email'], { unique: true })
@Index('users_created', ['createdAt', 'id'])
@Index('users_personal_account_key', ['personalAccountId'], { unique: true })
@Check('users_role', `role IN ('user', 'admin')`)
@Check('users_erased_is_deactivated', `erased_at IS NULL OR deactivated_at IS NOT NULL`)
@Check('users_email_normal', `email = lower(btrim(email))`)
export class User {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  /** Trimmed and in lower case; the database refuses any other form. */
  @Column('text')
  email: string;

  /** Argon2id, in PHC string form. */
  @Column('text', { name: 'password_hash', select: false })
  passwordHash: string;

  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;

  @Column('text')
  role: Role;

  @Column('text')
  locale: Locale;

  @Column('uuid', { name: 'personal_account_id' })
  personalAccountId: string;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'personal_account_id', foreignKeyConstraintName: 'users_personal_account_fkey' })
  personalAccount?: Account;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When a link that was sent to the address came back; null while nobody has shown that it is theirs. */
  @Column({ type: 'timestamptz', name: 'email_verified_at', precision: 3, nullable: true })
  emailVerifiedAt: Date | null;

  /** Since when the user may not sign in. */
  @Column({ type: 'timestamptz', name: 'deactivated_at', precision: 3, nullable: true })
  deactivatedAt: Date | null;

  /** When the person was taken out of the row, which stays for the accounts that name it. Such a user is deactivated. */
  @Column({ type: 'timestamptz', name: 'erased_at', precision: 3, nullable: true })
  erasedAt: Date | null;
}
