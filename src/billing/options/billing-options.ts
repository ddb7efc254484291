import type { DataSource } from 'typeorm';
import type { PaymentProvider } from '../../providers/payment-provider.js';
import type { Clock } from '../../time/clock.js';
import type { FeatureTypes } from './plan-features.js';

export interface BillingOptions {
  dataSource: DataSource;
  clock: Clock;
  /** The channels that customers can pay through; none is a service with free plans only. */
  providers: readonly PaymentProvider[];
  /** The outside address of the webhook routes, e.g. `https://pay.example.com`; `/webhooks/<provider>` is appended. */
  publicUrl: () => string;
  /** The code of the plan that a new account gets, and that follows a plan which ended. Default `free`. */
  freePlan?: string;
  /** Whether a new user gets the free plan at once. */
  freePlanOnRegister: boolean;
  /** What plans may promise beside quota. Default: what iDoctor's do, see plans/plan-features.ts. */
  features?: FeatureTypes;
  /** The quota types that plans may have. Default: any. */
  quotaTypes?: readonly string[];
  /** How many days after its paid time a subscription stays in force for a renewal to be paid. Default 3. */
  graceDays?: number;
  /** How long an order can be paid. Default 30, at most 120 (a WeChat code lives two hours). */
  orderMinutes?: number;
  /** How many orders an account may make in a minute; beyond, 429. Default 0: any number. */
  ordersPerMinute?: number;
  /** The origins that a `returnUrl` may have. Default null: any. */
  returnUrlOrigins?: readonly string[] | null;
  /** Whom receipts name as the one who was paid. Default: nobody. */
  sellerName?: string;
  /** An IANA name: the times on receipts are times there. Default `Asia/Shanghai`. */
  timeZone?: string;
  /** Whether this process works jobs (see `Janitor`). Default false: another process on the same database does. */
  jobs?: boolean;
}

/** {@link BillingOptions.freePlan} where a host names none. */
export const FREE_PLAN_CODE = 'free';

export const BILLING_OPTIONS = Symbol('BILLING_OPTIONS');
