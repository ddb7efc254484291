import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A notification whose signature was right, as it came. Copies of one are counted, not stored again. */
@Entity({ schema: 'commercial', name: 'payment_notifications' })
@Index('payment_notifications_id_key', ['provider', 'notificationId'], { unique: true })
@Index('payment_notifications_order', ['orderId'])
@Check('payment_notifications_copies', `copies > 0`)
export class PaymentNotification {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payment_notifications_pkey' })
  id: string;

  @Column('text')
  provider: string;

  /** The channel's own id of the notification; the same for every copy. */
  @Column('text', { name: 'notification_id' })
  notificationId: string;

  /** An order's number, or that of an agreement. */
  @Column('text', { name: 'order_id' })
  orderId: string;

  /** The raw body. */
  @Column('bytea')
  body: Buffer;

  @Column('integer', { default: 1 })
  copies: number;

  /** What came of it: `settled`, `acknowledged`, `unknown_order`, … */
  @Column('text', { nullable: true })
  outcome: string | null;

  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 })
  receivedAt: Date;
}
