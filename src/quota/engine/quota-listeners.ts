import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A balance has reached a threshold: 80 or 100 percent of what it grants are used or held. */
export interface QuotaThreshold {
  eventId: string;
  accountId: string;
  balanceId: string;
  quotaType: string;
  percent: 80 | 100;
  /** As it was when the threshold was reached. */
  used: number;
  granted: number;
  at: Date;
}

/**
 * Told once for each balance and threshold, soon after the debit, in a transaction of its own: what it writes through
 * the manager is there exactly once. Throw, and it is told again later.
 */
export interface QuotaListener {
  onThreshold(manager: EntityManager, threshold: QuotaThreshold): Promise<void>;
}

@Injectable()
export class QuotaListeners {
  private readonly listeners: QuotaListener[] = [];

  add(listener: QuotaListener): void {
    this.listeners.push(listener);
  }

  get isEmpty(): boolean {
    return this.listeners.length === 0;
  }

  async reached(manager: EntityManager, threshold: QuotaThreshold): Promise<void> {
    for (const listener of this.listeners) await listener.onThreshold(manager, threshold);
  }
}
