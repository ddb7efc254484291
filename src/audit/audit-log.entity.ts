import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What an administrator, or a rule of ours, did to somebody's money, quota or rights. */
@Entity({ schema: 'commercial', name: 'audit_log' })
@Index('audit_log_subject', ['subjectType', 'subjectId'])
@Index('audit_log_created', ['createdAt', 'id'])
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

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
