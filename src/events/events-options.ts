import type { DataSource } from 'typeorm';
import type { Clock } from '../time/clock.js';

export interface EventsOptions {
  dataSource: DataSource;
  clock: Clock;
  /**
   * Whether events are kept for handlers (`CommercialEvents.on`) even though this process has none, because another
   * process on the same database has. Default false.
   */
  handlersElsewhere?: boolean;
  /** How many days an event stays once it was delivered. Default 30. */
  keepDays?: number;
}

export const EVENTS_OPTIONS = Symbol('EVENTS_OPTIONS');
