import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A sign-in whose access tokens are refused, though by themselves they would still be valid. The row is needed for as
 * long as the last of them would be.
 */
@Entity({ schema: 'commercial', name: 'ended_sessions' })
@Index('ended_sessions_expiry', ['expiresAt'])
export class EndedSession {
  /** The family of refresh tokens, which access tokens name as `sid`. */
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'ended_sessions_pkey' })
  sessionId: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt: Date;
}
