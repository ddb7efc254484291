import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Order } from './order.entity.js';
import { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { Subscription } from './subscription.entity.js';

/**
 * One paid period of a subscription. Those of a subscription follow each other without gap or overlap; one that was
 * taken back before it began is empty (`endedAt` = `startsAt`).
 */
@Entity({ schema: 'commercial', name: 'subscription_periods' })
@Index('subscription_periods_order', ['subscriptionId', 'startsAt'])
@Index('subscription_periods_payment_key', ['paymentId'], { unique: true, where: `payment_id IS NOT NULL` })
@Check('subscription_periods_time', `ends_at > starts_at AND ended_at BETWEEN starts_at AND ends_at`)
@Check('subscription_periods_worth', `worth_fen >= 0 AND carried_fen BETWEEN 0 AND worth_fen`)
export class SubscriptionPeriod {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscription_periods_pkey' })
  id: string;

  @Column('uuid', { name: 'subscription_id' })
  subscriptionId: string;

  @ManyToOne(() => Subscription, { nullable: false })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'subscription_periods_subscription_fkey' })
  subscription?: Subscription;

  /** The version of the plan that the period was bought as. */
  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @ManyToOne(() => SubscriptionPlan, { nullable: false })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'subscription_periods_plan_fkey' })
  plan?: SubscriptionPlan;

  /** Null where no channel was needed: a trial, or credit that covered the price. */
  @Column('uuid', { name: 'payment_id', nullable: true })
  paymentId: string | null;

  @ManyToOne(() => Order, { nullable: true })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'subscription_periods_payment_fkey' })
  payment?: Order | null;

  @Column({ type: 'timestamptz', name: 'starts_at', precision: 3 })
  startsAt: Date;

  /** Exclusive; as it was bought. */
  @Column({ type: 'timestamptz', name: 'ends_at', precision: 3 })
  endsAt: Date;

  /** When it stopped to count, where that was before `endsAt`. */
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  /** What was given for it: money and credit. */
  @Column('integer', { name: 'worth_fen' })
  worthFen: number;

  /** What of it was credited towards another plan, unused. */
  @Column('integer', { name: 'carried_fen', default: 0 })
  carriedFen: number;

  /** The period of the other plan that it was credited towards. */
  @Column('uuid', { name: 'carried_to', nullable: true })
  carriedTo: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
