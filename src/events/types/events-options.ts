import type { DataSource } from 'typeorm';
import type { Mailer } from '../../auth/options/mailer.js';
import type { Clock } from '../../time/clock.js';
import type { QuotaNames } from './quota-names.js';

export interface EventsOptions {
  dataSource: DataSource;
  clock: Clock;
  /**
   * Whether events are kept for handlers (`CommercialEvents.on`) even though this process has none, because another
   * process on the same database has. Default false.
   */
  handlersElsewhere?: boolean;
  /**
   * How long a handler or a mailer may take, in milliseconds; below two minutes, after which a delivery is another
   * process's. What takes longer has failed, and is tried again. Default 100,000.
   */
  handlerTimeoutMs?: number;
  /** How many days an event stays once it was delivered. Default 30. */
  keepDays?: number;
  /** Writes to the accounts' owners. Default: nobody is written to. */
  mail?: EventMailOptions;
  webhooks?: WebhookOptions;
}

export interface EventMailOptions {
  mailer: Mailer;
  /** Where an order's receipt can be seen. */
  receiptUrl(orderId: string): string;
  /** An IANA name: the days that people read are days there. Default: the business's. */
  timeZone?: string;
  /** What quota types are called. Default: `processing_count`'s name; one without a name is called as it is. */
  quotaNames?: QuotaNames;
}

export interface WebhookOptions {
  /**
   * Hosts (`hooks.internal`, or `127.0.0.1:8080` with its port) that may be told though their addresses aren't public.
   * Default none.
   */
  allowedHosts?: readonly string[];
  /** Whether http is allowed beside https; for development only. Default false. */
  allowHttp?: boolean;
  /**
   * How long a receiver may take, from the resolution of its name to the status of its answer, in milliseconds; below a
   * minute, since two minutes after it was begun a delivery is another process's. Default 10,000.
   */
  timeoutMs?: number;
  /** How names are resolved. Default: as the system does. */
  resolve?: Resolve;
}

interface Address {
  address: string;
  family: number;
}

/** Finds a name's addresses. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

export const EVENTS_OPTIONS = Symbol('EVENTS_OPTIONS');
