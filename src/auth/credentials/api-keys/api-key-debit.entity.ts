import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Which month of which key a usage was counted in, so that what is given back is given back there. A trigger on
 * usage_logs looks it up. Nothing refers to usage_logs by a foreign key, and neither does this.
 */
@Entity({ schema: 'commercial', name: 'api_key_debits' })
@Index('api_key_debits_period', ['periodStart'])
export class ApiKeyDebit {
  @PrimaryColumn('uuid', { name: 'usage_id', primaryKeyConstraintName: 'api_key_debits_pkey' })
  usageId: string;

  @Column('uuid', { name: 'key_id' })
  keyId: string;

  @Column({ type: 'timestamptz', name: 'period_start', precision: 3 })
  periodStart: Date;
}
