import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

export type Role = 'user' | 'admin';
export type Locale = 'zh-CN' | 'en';

@Entity({ schema: 'commercial', name: 'users' })
@Index('users_email_key', ['email'], { unique: true })
@Index('users_personal_account_key', ['personalAccountId'], { unique: true })
@Check('users_role', `role IN ('user', 'admin')`)
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
}
