import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Clock } from '../../time/clock.js';
import { QuotaEngine } from './quota-engine.js';
import { QuotaEvent } from '../balances/quota-event.entity.js';
import { QuotaListeners, type QuotaThreshold } from './quota-listeners.js';

/** Older ones are nobody's business any more: a listener that is new should not hear of years ago. */
const WORTH_TELLING_MS = 7 * 24 * 3600 * 1000;
const AT_ONCE = 200;

/**
 * Tells the listeners of this process what debits have written into quota_events. A process without listeners leaves
 * them to one that has some.
 */
@Injectable()
export class QuotaEvents implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(QuotaEvents.name);
  private running: Promise<number> | null = null;
  private again = false;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly engine: QuotaEngine,
    private readonly listeners: QuotaListeners,
  ) {}

  onModuleInit(): void {
    this.engine.onCrossed(() => void this.deliver());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running;
  }

  /**
   * Tells what hasn't been told yet. Calls that come while one runs share one more run after it.
   *
   * @returns how many were told
   */
  deliver(): Promise<number> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    return (this.running = this.rounds().finally(() => (this.running = null)));
  }

  private async rounds(): Promise<number> {
    let told = 0;
    do {
      this.again = false;
      try {
        told += await this.round();
      } catch (error) {
        this.logger.error('thresholds could not be told; the job tries again', error);
      }
    } while (this.again);
    return told;
  }

  private async round(): Promise<number> {
    if (this.listeners.isEmpty) return 0;
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM commercial.quota_events
       WHERE delivered_at IS NULL AND created_at > $1 ORDER BY created_at LIMIT ${AT_ONCE}`,
      [new Date(this.clock.now().getTime() - WORTH_TELLING_MS)],
    );
    let told = 0;
    for (const { id } of rows) {
      try {
        if (await inTransaction(this.dataSource, (manager) => this.tell(manager, id))) told += 1;
      } catch (error) {
        this.logger.error(`a listener failed on the quota event ${id}; it is told again`, error);
      }
    }
    return told;
  }

  private async tell(manager: EntityManager, id: string): Promise<boolean> {
    // Whoever has it locked is telling it.
    const event = await manager
      .createQueryBuilder(QuotaEvent, 'event')
      .where('event.id = :id AND event.deliveredAt IS NULL', { id })
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
    if (!event) return false;
    await this.listeners.reached(manager, thresholdOf(event));
    await manager.update(QuotaEvent, { id }, { deliveredAt: this.clock.now() });
    return true;
  }
}

function thresholdOf(event: QuotaEvent): QuotaThreshold {
  const { id: eventId, accountId, balanceId, quotaType, percent, used, granted, createdAt: at } = event;
  return { eventId, accountId, balanceId, quotaType, percent: percent as 80 | 100, used, granted, at };
}
