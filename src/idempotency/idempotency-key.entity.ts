import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One Idempotency-Key of one caller (see `keyOwnerOf`) on one route, with the answer that it replays. */
@Entity({ schema: 'commercial', name: 'idempotency_keys' })
@Index('idempotency_keys_created', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  userId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  route: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key: string;

  /** SHA-256 of the request's path and body. */
  @Column('bytea', { name: 'request_hash' })
  requestHash: Buffer;

  /** The id that the operation gives to what it makes, so that a second run after a crash finds the first one's work. */
  @Column('uuid', { name: 'operation_id' })
  operationId: string;

  /** Who runs it at the moment, until when (database time). */
  @Column('uuid', { name: 'lease_id', nullable: true })
  leaseId: string | null;

  @Column({ type: 'timestamptz', name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column('integer', { name: 'answer_status', nullable: true })
  answerStatus: number | null;

  /** json and not jsonb, which would answer the members in another order. */
  @Column('json', { name: 'answer_body', nullable: true })
  answerBody: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
