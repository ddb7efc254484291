import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The counters of `rate-limiter-flexible`, whose PostgreSQL store fixes this shape. */
@Entity({ schema: 'commercial', name: 'rate_limits' })
export class RateLimit {
  @PrimaryColumn('varchar', { length: 255, primaryKeyConstraintName: 'rate_limits_pkey' })
  key: string;

  @Column('integer', { default: 0 })
  points: number;

  /** Milliseconds since 1970. */
  @Column('bigint', { nullable: true })
  expire: string | null;
}
