import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Less to pay for a plan, once by each user. Either a part of the price or an amount. */
@Entity({ schema: 'commercial', name: 'coupons' })
@Index('coupons_code_key', ['code'], { unique: true })
@Check(
  'coupons_off',
  `num_nonnulls(percent_off, amount_off_fen) = 1 AND percent_off BETWEEN 1 AND 100 AND amount_off_fen > 0`,
)
@Check('coupons_redeemed', `redeemed >= 0 AND redeemed <= max_redemptions`)
export class Coupon {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'coupons_pkey' })
  id: string;

  /** In capitals; people may write it in any case. */
  @Column('text')
  code: string;

  @Column('integer', { name: 'percent_off', nullable: true })
  percentOff: number | null;

  @Column('integer', { name: 'amount_off_fen', nullable: true })
  amountOffFen: number | null;

  /** Null for every plan. */
  @Column('text', { name: 'plan_codes', array: true, nullable: true })
  planCodes: string[] | null;

  /** Null for any number. */
  @Column('integer', { name: 'max_redemptions', nullable: true })
  maxRedemptions: number | null;

  /** How many orders hold it, paid or still to be paid. Moves by guarded statements only. */
  @Column('integer', { default: 0 })
  redeemed: number;

  @Column({ type: 'timestamptz', name: 'starts_at', precision: 3, nullable: true })
  startsAt: Date | null;

  /** Exclusive. */
  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3, nullable: true })
  endsAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
