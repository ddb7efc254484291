import type { DataSource } from 'typeorm';
import type { AuthOptions } from '../auth/options/auth.options.js';
import type { Identify } from '../auth/options/identify.js';
import type { PlanDefinition } from '../billing/options/plan-definition.js';
import type { FeatureTypes } from '../billing/options/plan-features.js';
import type { EventsOptions } from '../events/types/events-options.js';
import type { AlipayOptions } from '../providers/alipay/alipay.options.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import type { WechatPayOptions } from '../providers/wechat/wechat-pay.options.js';
import type { QuotaEngineOptions } from '../quota/balances/engine-options.js';
import type { Clock } from '../time/clock.js';

/** What a host gives the package; nothing is read from the environment. */
export interface CommercialOptions {
  /** The host's own connection, with `commercialEntities` among its entities and the migrations run. */
  dataSource: DataSource;
  /** Business time. Default: the system's. */
  clock?: Clock;
  /** The time of sessions, tokens, API keys and links, for a host that moves business time. Default: `clock`. */
  sessionClock?: Clock;
  jwt: AuthOptions['jwt'];
  refreshTokenDays?: number;
  mail?: AuthOptions['mail'];
  requireVerifiedEmail?: boolean;
  /**
   * The host's own sign-in: the guards, `@CurrentUser()` and every route take its users. A user's account is made at the
   * first request, with the free plan. Default: users register and sign in with this package.
   */
  identify?: Identify;
  /**
   * The first administrator. With `identify` a user of the host's: by `externalId`, or by the `email` that `identify`
   * answers (only where the host proves addresses). With `email` and `password`: one who signs in with
   * `POST /auth/login`, made at the start where there is no administrator. Default: nobody.
   */
  administrator?: { externalId: string } | { email: string } | { email: string; password: string };
  /** The language of answers to who asks for none with `Accept-Language`, and of new users. Default `zh-CN`. */
  defaultLocale?: 'zh-CN' | 'en';
  /**
   * Put on sale at the start, as `POST /admin/plans` takes them. A plan that says something new gets a next version;
   * subscribers keep theirs. What an administrator changed or took off sale stays so. Default: none.
   */
  plans?: readonly PlanDefinition[];
  /** The code of the plan that a new account gets. Default `free`. */
  freePlan?: string;
  /**
   * The outside address of the application, such as `https://api.example.com`. Channels send notifications to
   * `/webhooks/<channel>` there, under the prefix of `routes` where it has one.
   */
  publicUrl: string | (() => string);
  payments?: {
    alipay?: AlipayOptions;
    wechat?: WechatPayOptions;
    /** Channels of the host's own. */
    others?: readonly PaymentProvider[];
    /** How long an order can be paid, in minutes. Default 30, at most 120. */
    orderMinutes?: number;
  };
  /** The origins that a `returnUrl` may have, such as `https://app.idoctor.cn`. Default null: any. */
  returnUrlOrigins?: readonly string[] | null;
  /** How often something may be done; beyond, 429 with Retry-After. Each 0 by default: any number of times. */
  limits?: {
    /** Registrations from one network: an IPv4 address, or a /64 of IPv6. Addresses that are taken count too. */
    registrationsPerHour?: number;
    /** Orders of one account. */
    ordersPerMinute?: number;
    /** Requests of one account that change something, in each process; those that use quota don't count. */
    writesPerMinute?: number;
  };
  /** Whom receipts name as the one who was paid. Default: nobody. */
  sellerName?: string;
  /**
   * An IANA name: the times on receipts and in mails are times there. Sums of usage stay in Asia/Shanghai. Default
   * `Asia/Shanghai`.
   */
  timeZone?: string;
  /**
   * Whether this process works jobs: asks channels about payments and refunds that nobody told of, and reconciles daily.
   * At least one process on each database has to. Default false.
   */
  jobs?: boolean;
  /** Whether a new account gets the plan that `freePlan` names at once. Default true. */
  freePlanOnRegister?: boolean;
  /** How many days a subscription goes on after its paid time, for its renewal to be paid. Default 3; 0 for none. */
  graceDays?: number;
  /**
   * How many whole months of usage logs stay beside the present one; older ones are dropped, their sums stay. Default
   * null: all stay.
   */
  usageRetentionMonths?: number | null;
  /** Which quota type each resource type draws on. Default `{ dicom_processing: 'processing_count' }`. */
  resources?: Readonly<Record<string, string>>;
  /**
   * What plans may promise beside quota: the name and type of each feature, so that an administrator's typo is refused.
   * Default `{ max_concurrent: 'integer', priority: { enum: ['low', 'medium', 'high'] }, custom_support: 'boolean' }`.
   */
  features?: FeatureTypes;
  /** How debits share commits, see docs/guide/quota.md. */
  quotaEngine?: QuotaEngineOptions;
  /** What happens is told to the outside, see docs/guide/events.md. */
  events?: Omit<EventsOptions, 'dataSource' | 'clock'>;
}

export const COMMERCIAL_OPTIONS = Symbol('COMMERCIAL_OPTIONS');
