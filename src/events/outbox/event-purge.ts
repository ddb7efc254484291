import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { Clock } from '../../time/clock.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../types/events-options.js';

const KEEP_DAYS = 30;
/** Somebody may want to replay a dead letter, or switch an endpoint on again: what is owed stays this many times as long. */
const OWED_STAY = 6;
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 1000;

/** Removes events that are old, with their deliveries: those that are still owed to somebody last. */
@Injectable()
export class EventPurge {
  constructor(
    @Inject(EVENTS_OPTIONS) private readonly options: EventsOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @returns how many events it removed. */
  async purge(): Promise<number> {
    const keepMs = (this.options.keepDays ?? KEEP_DAYS) * DAY_MS;
    const now = this.clock.now().getTime();
    const before = [new Date(now - keepMs), new Date(now - OWED_STAY * keepMs)];
    let removed = 0;
    for (let count = AT_ONCE; count === AT_ONCE; removed += count) {
      [, count] = (await this.dataSource.query(PURGE, before)) as [unknown[], number];
    }
    return removed;
  }
}

const PURGE = `
  DELETE FROM commercial.events WHERE id IN (
    SELECT e.id FROM commercial.events e
    WHERE e.created_at < $1 AND (e.created_at < $2 OR NOT EXISTS (
      SELECT FROM commercial.event_deliveries d WHERE d.event_id = e.id AND d.status IN ('pending', 'dead')))
    ORDER BY e.created_at LIMIT ${AT_ONCE})`;
