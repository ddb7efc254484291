import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ClockShift } from './clock-shift.entity.js';
import type { ShiftedClock } from './shifted-clock.js';

/** How long a process may be behind one that moved the clock. */
const FOLLOW_MS = 500;

/** Keeps a clock's shift in the database: it survives a restart, and every process on that database follows it. */
export class SharedShift implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SharedShift.name);
  private timer: NodeJS.Timeout | null = null;
  private following: Promise<void> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: ShiftedClock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.load();
    this.timer = setInterval(() => this.follow(), FOLLOW_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.following;
  }

  /** Moves this process's clock to where the database says it is. */
  async load(): Promise<void> {
    const shift = await this.dataSource.manager.findOneBy(ClockShift, { id: 1 });
    if (shift) this.clock.shiftTo(Number(shift.offsetMs));
  }

  /** Moves the clock for everybody. Of two who move it at once, the one who moves it further prevails. */
  async raise(offsetMs: number): Promise<void> {
    const [row]: { offset_ms: string }[] = await this.dataSource.query(
      `INSERT INTO commercial.clock_shift AS shift (id, offset_ms) VALUES (1, $1)
       ON CONFLICT (id) DO UPDATE SET offset_ms = GREATEST(shift.offset_ms, excluded.offset_ms)
       RETURNING offset_ms`,
      [offsetMs],
    );
    this.clock.shiftTo(Number(row!.offset_ms));
  }

  private follow(): void {
    this.following ??= this.load()
      .catch((error: unknown) => this.logger.warn(`the clock's shift could not be read: ${String(error)}`))
      .finally(() => (this.following = null));
  }
}
