import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Quota that is sold by itself, beside any plan. What was ordered keeps the terms of its order. */
@Entity({ schema: 'commercial', name: 'topup_packs' })
@Index('topup_packs_code_key', ['code'], { unique: true })
@Check('topup_packs_amount', `amount BETWEEN 1 AND 1000000000`)
@Check('topup_packs_price', `price_fen > 0`)
@Check('topup_packs_validity', `valid_days BETWEEN 1 AND 3660`)
export class TopupPack {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'topup_packs_pkey' })
  id: string;

  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'quota_type' })
  quotaType: string;

  /** In the quota type's own units. */
  @Column('integer')
  amount: number;

  @Column('integer', { name: 'price_fen' })
  priceFen: number;

  @Column('text')
  currency: string;

  /** How many days of 24 hours it can be used, from the moment it is paid. */
  @Column('integer', { name: 'valid_days' })
  validDays: number;

  @Column('boolean', { default: false })
  archived: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
