import type { Provider } from '@nestjs/common';
import { BillingListeners } from '../../src/billing/billing-listeners.js';
import { Cancellation } from '../../src/billing/changes/cancellation.service.js';
import { ChangeFulfilment } from '../../src/billing/changes/change-fulfilment.js';
import { ChangeOffers } from '../../src/billing/changes/change-offer.js';
import { ChangesService } from '../../src/billing/changes/changes.service.js';
import { MadeChanges } from '../../src/billing/changes/made-changes.js';
import { PlanSwitch } from '../../src/billing/changes/plan-switch.js';
import { DueChecks } from '../../src/billing/checks/due-checks.js';
import { Janitor } from '../../src/billing/checks/janitor.service.js';
import { CheckoutService } from '../../src/billing/checkout/checkout.service.js';
import { OrderDesk } from '../../src/billing/checkout/order-desk.js';
import { OrderReplacement } from '../../src/billing/checkout/order-replacement.js';
import { CouponAdministration } from '../../src/billing/coupons/coupon-administration.service.js';
import { Coupons } from '../../src/billing/coupons/coupons.service.js';
import { Fulfilment } from '../../src/billing/payments/fulfilment.service.js';
import { OrderFulfilments } from '../../src/billing/payments/order-fulfilment.js';
import { PaymentInquiry } from '../../src/billing/payments/payment-inquiry.js';
import { PaymentsService } from '../../src/billing/payments/payments.service.js';
import { SettlementService } from '../../src/billing/payments/settlement.service.js';
import { PlanAdministration } from '../../src/billing/plans/plan-administration.service.js';
import { PlansService } from '../../src/billing/plans/plans.service.js';
import { RefundLedger } from '../../src/billing/refunds/refund-ledger.js';
import { RefundOutcomes } from '../../src/billing/refunds/refund-outcomes.js';
import { RefundsService } from '../../src/billing/refunds/refunds.service.js';
import { PeriodRefunds } from '../../src/billing/subscriptions/period-refunds.js';
import { SubscriptionLifecycle } from '../../src/billing/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../src/billing/subscriptions/subscription-progress.js';
import { SubscriptionPurchase } from '../../src/billing/subscriptions/subscription-purchase.js';
import { SubscriptionsService } from '../../src/billing/subscriptions/subscriptions.service.js';
import { TopupPacks } from '../../src/billing/topups/topup-packs.service.js';
import { TopupPurchase } from '../../src/billing/topups/topup-purchase.js';
import { TopupsService } from '../../src/billing/topups/topups.service.js';
import { Trials } from '../../src/billing/trials/trials.service.js';
import { BookCoupons } from './book-coupons.js';
import { BookTrials } from './book-trials.js';

/** Billing's services that the customers' deeds run through, as they are. */
export const BILLING: readonly Provider[] = [
  BillingListeners,
  PlansService,
  PlanAdministration,
  SubscriptionLifecycle,
  SubscriptionProgress,
  SubscriptionsService,
  PeriodRefunds,
  SubscriptionPurchase,
  OrderFulfilments,
  OrderDesk,
  OrderReplacement,
  CouponAdministration,
  { provide: Coupons, useClass: BookCoupons },
  CheckoutService,
  { provide: Trials, useClass: BookTrials },
  TopupPacks,
  TopupPurchase,
  TopupsService,
  Fulfilment,
  SettlementService,
  PaymentInquiry,
  PaymentsService,
  RefundOutcomes,
  RefundLedger,
  RefundsService,
  PlanSwitch,
  ChangeFulfilment,
  ChangeOffers,
  MadeChanges,
  ChangesService,
  Cancellation,
  DueChecks,
  Janitor,
];
