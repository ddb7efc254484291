import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something that happened, written in the transaction that made it happen. */
@Entity({ schema: 'commercial', name: 'events' })
@Index('events_created', ['createdAt', 'id'])
@Index('events_account', ['accountId', 'createdAt', 'id'])
export class OutboxEvent {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'events_pkey' })
  id: string;

  /** Drawn under the account's lock: within one account it grows in the order of the commits. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  sequence: string;

  @Column('text')
  type: string;

  /** Null for a test of an endpoint, which is nobody's. */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId: string | null;

  @Column('uuid', { name: 'subscription_id', nullable: true })
  subscriptionId: string | null;

  /** The id of what it is about: the subscription's, the order's or the balance's. */
  @Column('text', { name: 'subject_id' })
  subjectId: string;

  @Column('jsonb')
  data: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
