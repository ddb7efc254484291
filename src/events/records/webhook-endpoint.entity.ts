import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export interface OlderSecret {
  secret: string;
  /** RFC 3339; exclusive. */
  until: string;
}

/** An address outside that wants to know, and with whose secret it is told. */
@Entity({ schema: 'commercial', name: 'webhook_endpoints' })
@Index('webhook_endpoints_created', ['createdAt', 'id'])
@Check('webhook_endpoints_previous_secret', `(previous_secret IS NULL) = (previous_secret_until IS NULL)`)
export class WebhookEndpoint {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_endpoints_pkey' })
  id: string;

  @Column('text')
  url: string;

  /** For people. */
  @Column('text', { nullable: true })
  description: string | null;

  /** Which events it wants; empty for all. */
  @Column('text', { array: true, default: () => `'{}'` })
  types: string[];

  /** While false nothing is sent and nothing new is queued; what was queued waits. */
  @Column('boolean', { default: true })
  enabled: boolean;

  /** `whsec_` and the key in Base64. Signing needs the key itself, so a hash won't do. */
  @Column('text', { select: false })
  secret: string;

  /** The secret before the last rotation, with which is signed too until its time is over. */
  @Column('text', { name: 'previous_secret', nullable: true, select: false })
  previousSecret: string | null;

  @Column({ type: 'timestamptz', name: 'previous_secret_until', precision: 3, nullable: true })
  previousSecretUntil: Date | null;

  /** Secrets before that one, whose overlap went on when it came. */
  @Column('jsonb', { name: 'older_secrets', default: [], select: false })
  olderSecrets: OlderSecret[];

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
