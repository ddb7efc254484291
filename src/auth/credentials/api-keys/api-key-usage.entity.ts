import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ApiKey } from './api-key.entity.js';

/** What a capped key has consumed in one month. Keys without a cap have no rows. */
@Entity({ schema: 'commercial', name: 'api_key_usage' })
@Check('api_key_usage_used', `used >= 0`)
export class ApiKeyUsage {
  /** The first of the keys that follow one another by rotation. */
  @PrimaryColumn('uuid', { name: 'key_id', primaryKeyConstraintName: 'api_key_usage_pkey' })
  keyId: string;

  @ManyToOne(() => ApiKey, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'key_id', foreignKeyConstraintName: 'api_key_usage_key_fkey' })
  key?: ApiKey;

  @PrimaryColumn({
    type: 'timestamptz',
    name: 'period_start',
    precision: 3,
    primaryKeyConstraintName: 'api_key_usage_pkey',
  })
  periodStart: Date;

  /** Units, held ones among them. */
  @Column('integer')
  used: number;
}
