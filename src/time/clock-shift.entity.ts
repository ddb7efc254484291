import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How far business time is ahead of the machines', for all processes on this database. One row at most. */
@Entity({ schema: 'commercial', name: 'clock_shift' })
@Check('clock_shift_single', 'id = 1')
@Check('clock_shift_ahead', 'offset_ms >= 0')
export class ClockShift {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'clock_shift_pkey' })
  id: number;

  /** Milliseconds. A string, as the driver gives a bigint. */
  @Column('bigint', { name: 'offset_ms' })
  offsetMs: string;
}
