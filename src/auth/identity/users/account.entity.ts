import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Who owns subscriptions, balances and payments. Every user has a personal one from the start. */
@Entity({ schema: 'commercial', name: 'accounts' })
@Check('accounts_kind', `kind IN ('personal', 'organization')`)
@Check('accounts_name', `(kind = 'organization') = (name IS NOT NULL)`)
export class Account {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accounts_pkey' })
  id: string;

  @Column('text')
  kind: 'personal' | 'organization';

  /** An organization's; a personal account goes by its user's name. */
  @Column('text', { nullable: true })
  name: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** The account of the one who was erased under the same name: what is given once was given to it. */
  @Column('uuid', { name: 'goes_on_from', nullable: true })
  goesOnFrom: string | null;
}
