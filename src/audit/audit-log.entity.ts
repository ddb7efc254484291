import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What an administrator, or a rule of ours, did to somebody's money, quota or rights; and events of security that users
 * cause, which end. The database refuses every other change.
 */
@Entity({ schema: 'commercial', name: 'audit_log' })
@Index('audit_log_subject', ['subjectType', 'subjectId'])
@Index('audit_log_created', ['createdAt', 'id'])
@Index('audit_log_actor', ['actorUserId', 'createdAt', 'id'])
@Index('audit_log_kept_until', ['keptUntil'], { where: 'kept_until IS NOT NULL' })
@Index('audit_log_addresses', ['createdAt'], { where: 'client_address IS NOT NULL AND kept_until IS NULL' })
@Index('audit_log_incidents', ['createdAt', 'id'], { where: `action LIKE 'incident.%'` })
export class AuditLogEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_log_pkey' })
  id: string;

  /** Null where a rule acted by itself. */
  @Column('uuid', { name: 'actor_user_id', nullable: true })
  actorUserId: string | null;

  /** For example `payment.refund_requested`. What a person should look at begins with `incident.`. */
  @Column('text')
  action: string;

  @Column('text', { name: 'subject_type' })
  subjectType: string;

  @Column('text', { name: 'subject_id' })
  subjectId: string;

  @Column('jsonb')
  detail: Record<string, unknown>;

  /** The client's address, as the setting for trusted proxies resolves it; null where no request did it. */
  @Column('text', { name: 'client_address', nullable: true })
  clientAddress: string | null;

  /** As the client names itself, in at most 200 characters. */
  @Column('text', { name: 'user_agent', nullable: true })
  userAgent: string | null;

  /** When the entry ends; null for one that stays. */
  @Column({ type: 'timestamptz', name: 'kept_until', precision: 3, nullable: true })
  keptUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
