import { AuditLogEntry } from '../audit/audit-log.entity.js';
import { Account } from '../auth/identity/users/account.entity.js';
import { User } from '../auth/identity/users/user.entity.js';
import { ApiKeyDebit } from '../auth/credentials/api-keys/api-key-debit.entity.js';
import { ApiKeyUsage } from '../auth/credentials/api-keys/api-key-usage.entity.js';
import { ApiKey } from '../auth/credentials/api-keys/api-key.entity.js';
import { ServiceKey } from '../auth/credentials/service-keys/service-key.entity.js';
import { ErasedMark } from '../auth/identity/users/erased-mark.entity.js';
import { Customer } from '../auth/identity/customers/customer.entity.js';
import { OneTimeToken } from '../auth/identity/links/one-time-token.entity.js';
import { Invitation } from '../auth/credentials/memberships/invitation.entity.js';
import { Membership } from '../auth/credentials/memberships/membership.entity.js';
import { RateLimit } from '../auth/identity/limits/rate-limit.entity.js';
import { EndedSession } from '../auth/credentials/sessions/ended-session.entity.js';
import { PortalSession } from '../auth/credentials/sessions/portal-session.entity.js';
import { Session } from '../auth/credentials/sessions/session.entity.js';
import { PaymentAgreement } from '../billing/ledger/records/payment-agreement.entity.js';
import { AccountCredit } from '../billing/ledger/records/account-credit.entity.js';
import { OrderTerms } from '../billing/ledger/records/order-terms.entity.js';
import { FapiaoRequest } from '../billing/documents/fapiao/fapiao-request.entity.js';
import { CouponRedemption } from '../billing/ledger/records/coupon-redemption.entity.js';
import { Coupon } from '../billing/catalog/coupons/coupon.entity.js';
import { Order } from '../billing/ledger/records/order.entity.js';
import { PlanQuota } from '../billing/catalog/plans/plan-quota.entity.js';
import { SubscriptionPlan } from '../billing/catalog/plans/subscription-plan.entity.js';
import { ReconciliationDifference } from '../billing/settlement/reconciliation/reconciliation-difference.entity.js';
import { ReconciliationLine } from '../billing/settlement/reconciliation/reconciliation-line.entity.js';
import { Reconciliation } from '../billing/settlement/reconciliation/reconciliation.entity.js';
import { PaymentRefund } from '../billing/ledger/records/payment-refund.entity.js';
import { SubscriptionPeriod } from '../billing/ledger/records/subscription-period.entity.js';
import { Subscription } from '../billing/ledger/records/subscription.entity.js';
import { TopupPack } from '../billing/catalog/topup-packs/topup-pack.entity.js';
import { Topup } from '../billing/ledger/records/topup.entity.js';
import { Trial } from '../billing/ledger/records/trial.entity.js';
import { PaymentNotification } from '../billing/ledger/records/payment-notification.entity.js';
import { EventDelivery } from '../events/records/event-delivery.entity.js';
import { OutboxEvent } from '../events/records/event.entity.js';
import { WebhookEndpoint } from '../events/records/webhook-endpoint.entity.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.entity.js';
import { EntitlementOverride } from '../quota/balances/entitlement-override.entity.js';
import { QuotaBalance } from '../quota/balances/quota-balance.entity.js';
import { QuotaEvent } from '../quota/balances/quota-event.entity.js';
import { QuotaHold } from '../quota/balances/quota-hold.entity.js';
import { UsageLog } from '../quota/balances/usage-log.entity.js';
import { ClockShift } from '../time/clock-shift.entity.js';

/** Everything that this package keeps in schema `commercial`; a host adds them to its own DataSource. */
export const commercialEntities = [
  Account,
  ErasedMark,
  User,
  Session,
  PortalSession,
  EndedSession,
  OneTimeToken,
  Membership,
  Invitation,
  ApiKey,
  ServiceKey,
  Customer,
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
  Order,
  PaymentRefund,
  PaymentNotification,
  FapiaoRequest,
  Reconciliation,
  ReconciliationLine,
  ReconciliationDifference,
  QuotaBalance,
  EntitlementOverride,
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
