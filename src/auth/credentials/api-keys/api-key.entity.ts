import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../../identity/users/account.entity.js';
import { User } from '../../identity/users/user.entity.js';

@Entity({ schema: 'commercial', name: 'api_keys' })
@Index('api_keys_key_hash_key', ['keyHash'], { unique: true })
@Index('api_keys_user', ['userId', 'createdAt', 'id'])
@Index('api_keys_ending', ['expiresAt'], {
  where: 'revoked_at IS NULL AND replaced_by IS NULL AND end_told_at IS NULL',
})
@Check('api_keys_quota_cap', `quota_cap > 0`)
export class ApiKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_keys_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'api_keys_user_fkey' })
  user?: User;

  /** The organization that the key acts for; null for its user's personal account. */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId: string | null;

  @ManyToOne(() => Account, { nullable: true })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'api_keys_account_fkey' })
  account?: Account | null;

  @Column('text')
  name: string;

  /** The key's first characters: enough to recognise it, too few to use it. */
  @Column('text')
  prefix: string;

  /** SHA-256 of the whole key, which itself is never stored. */
  @Column('bytea', { name: 'key_hash' })
  keyHash: Buffer;

  @Column('text', { array: true })
  scopes: string[];

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When its user was told that it is about to end. */
  @Column({ type: 'timestamptz', name: 'end_told_at', precision: 3, nullable: true })
  endToldAt: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** To the minute: a write at every call would make the key a hot row. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  /** What it may consume in a month, in units; null for whatever its account has. */
  @Column('integer', { name: 'quota_cap', nullable: true })
  quotaCap: number | null;

  /** The first of the keys that it follows by rotation, whose counter it shares; null for a first one. */
  @Column('uuid', { name: 'first_key_id', nullable: true })
  firstKeyId: string | null;

  /** The key that a rotation put in its place; its own time then runs out. */
  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy: string | null;
}
