import { AuditLogEntry } from './audit/audit-log.entity.js';
import { Account } from './auth/accounts/account.entity.js';
import { User } from './auth/accounts/user.entity.js';
import { ApiKeyDebit } from './auth/api-keys/api-key-debit.entity.js';
import { ApiKeyUsage } from './auth/api-keys/api-key-usage.entity.js';
import { ApiKey } from './auth/api-keys/api-key.entity.js';
import { OneTimeToken } from './auth/one-time-tokens/one-time-token.entity.js';
import { Invitation } from './auth/organizations/invitation.entity.js';
import { Membership } from './auth/organizations/membership.entity.js';
import { RateLimit } from './auth/rate-limit.entity.js';
import { EndedSession } from './auth/sessions/ended-session.entity.js';
import { Session } from './auth/sessions/session.entity.js';
import { PaymentAgreement } from './billing/agreements/payment-agreement.entity.js';
import { AccountCredit } from './billing/changes/account-credit.entity.js';
import { OrderTerms } from './billing/changes/order-terms.entity.js';
import { FapiaoRequest } from './billing/fapiao/fapiao-request.entity.js';
import { CouponRedemption } from './billing/coupons/coupon-redemption.entity.js';
import { Coupon } from './billing/coupons/coupon.entity.js';
import { PaymentTransaction } from './billing/payments/payment-transaction.entity.js';
import { PlanQuota } from './billing/plans/plan-quota.entity.js';
import { SubscriptionPlan } from './billing/plans/subscription-plan.entity.js';
import { ReconciliationDifference } from './billing/reconciliation/reconciliation-difference.entity.js';
import { ReconciliationLine } from './billing/reconciliation/reconciliation-line.entity.js';
import { Reconciliation } from './billing/reconciliation/reconciliation.entity.js';
import { PaymentRefund } from './billing/refunds/payment-refund.entity.js';
import { SubscriptionPeriod } from './billing/subscriptions/subscription-period.entity.js';
import { Subscription } from './billing/subscriptions/subscription.entity.js';
import { TopupPack } from './billing/topups/topup-pack.entity.js';
import { Topup } from './billing/topups/topup.entity.js';
import { Trial } from './billing/trials/trial.entity.js';
import { PaymentNotification } from './billing/webhooks/payment-notification.entity.js';
import { EventDelivery } from './events/delivery/event-delivery.entity.js';
import { OutboxEvent } from './events/event.entity.js';
import { WebhookEndpoint } from './events/webhooks/webhook-endpoint.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { QuotaBalance } from './quota/balances/quota-balance.entity.js';
import { QuotaEvent } from './quota/events/quota-event.entity.js';
import { QuotaHold } from './quota/holds/quota-hold.entity.js';
import { UsageLog } from './quota/usage/usage-log.entity.js';
import { ClockShift } from './time/clock-shift.entity.js';

/** Everything that this package keeps in schema `commercial`; a host adds them to its own DataSource. */
export const commercialEntities = [
  Account,
  User,
  Session,
  EndedSession,
  OneTimeToken,
  Membership,
  Invitation,
  ApiKey,
  ApiKeyUsage,
  ApiKeyDebit,
  RateLimit,
  SubscriptionPlan,
  PlanQuota,
  Subscription,
  TopupPack,
  Topup,
  SubscriptionPeriod,
  PaymentAgreement,
  OrderTerms,
  AccountCredit,
  Coupon,
  CouponRedemption,
  Trial,
  PaymentTransaction,
  PaymentRefund,
  PaymentNotification,
  FapiaoRequest,
  Reconciliation,
  ReconciliationLine,
  ReconciliationDifference,
  QuotaBalance,
  QuotaHold,
  QuotaEvent,
  UsageLog,
  OutboxEvent,
  WebhookEndpoint,
  EventDelivery,
  IdempotencyKey,
  AuditLogEntry,
  ClockShift,
];
