import type { Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import type { FakeChannel } from '../../test/support/fake-channel.js';
import type { SimulatedClock } from './simulated-clock.js';

export interface Violation {
  day: number;
  sentence: string;
  rows: number;
}

/** Asks the books what doesn't hold. */
export interface Checks {
  readonly violations: Violation[];
  /** How many sentences were asked about. */
  readonly asked: number;
  /** Everything about the accounts that something happened to. */
  day(day: number, accounts: readonly string[]): Promise<void>;
  /** Everything about everybody. */
  whole(day: number): Promise<void>;
}

/** The service's own classes, with a channel and books that a run can look through. */
export interface World {
  readonly dataSource: DataSource;
  readonly channel: FakeChannel;
  readonly clock: SimulatedClock;
  readonly checks: Checks;
  /** The codes of all coupons that were ever given out. */
  readonly coupons: string[];
  /** How many customers may come at the same time. */
  readonly visitsAtOnce: number;
  get<T>(service: Type<T>): T;
  /** Makes accounts and their persons; the first ones sell plans. */
  settleIn(ids: readonly string[]): Promise<void>;
  /** Accounts for which something is due, or to which something happened since the last time. */
  stirred(): Promise<string[]>;
  /** Does everything that is due. */
  catchUp(): Promise<void>;
  use(user: AuthenticatedUser, cost: number): Promise<void>;
  /** In fen, over all accounts: what came in, and what went back. */
  money(): Promise<{ paidFen: number; refundedFen: number }>;
  stop(): Promise<void>;
}
