import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ServiceScope } from '../../identity/caller/service-scopes.js';

/** The key of another backend, which acts with it for its customers. Administrators make them. */
@Entity({ schema: 'commercial', name: 'service_keys' })
@Index('service_keys_key_hash_key', ['keyHash'], { unique: true })
@Index('service_keys_created', ['createdAt', 'id'])
export class ServiceKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'service_keys_pkey' })
  id: string;

  @Column('text')
  name: string;

  /** The key's first characters: enough to recognise it, too few to use it. */
  @Column('text')
  prefix: string;

  /** SHA-256 of the whole key, which itself is never stored. */
  @Column('bytea', { name: 'key_hash' })
  keyHash: Buffer;

  @Column('text', { array: true })
  scopes: ServiceScope[];

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** To the minute: a write at every call would make the key a hot row. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  /** The first of the keys that it follows by rotation; its own id for a first one. */
  @Column('uuid', { name: 'first_key_id' })
  firstKeyId: string;

  /** The key that a rotation put in its place; its own time then runs out. */
  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy: string | null;
}
