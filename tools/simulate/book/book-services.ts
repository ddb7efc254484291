import type { Provider } from '@nestjs/common';
import { BillingListeners } from '../../../src/billing/ledger/listeners/billing-listeners.js';
import { Cancellation } from '../../../src/billing/sales/changes/cancellation.service.js';
import { ChangeFulfilment } from '../../../src/billing/sales/changes/change-fulfilment.js';
import { ChangeOffers } from '../../../src/billing/sales/changes/change-offer.js';
import { ChangesService } from '../../../src/billing/sales/changes/changes.service.js';
import { MadeChanges } from '../../../src/billing/sales/changes/made-changes.js';
import { PlanSwitch } from '../../../src/billing/sales/changes/plan-switch.js';
import { DueChecks } from '../../../src/billing/settlement/polling/due-checks.js';
import { Janitor } from '../../../src/billing/settlement/polling/janitor.service.js';
import { CheckoutService } from '../../../src/billing/sales/purchase/checkout.service.js';
import { OrderPlacement } from '../../../src/billing/sales/purchase/order-placement.js';
import { OrderLimits } from '../../../src/billing/sales/purchase/order-limits.js';
import { OrderReplacement } from '../../../src/billing/sales/purchase/order-replacement.js';
import { CouponAdministration } from '../../../src/billing/catalog/coupons/coupon-administration.service.js';
import { Coupons } from '../../../src/billing/ledger/redemptions/coupons.service.js';
import { Fulfilment } from '../../../src/billing/settlement/settle/fulfilment.service.js';
import { OrderFulfilments } from '../../../src/billing/ledger/orders/order-fulfilment.js';
import { PaymentInquiry } from '../../../src/billing/settlement/settle/payment-inquiry.js';
import { PaymentsService } from '../../../src/billing/settlement/payments/payments.service.js';
import { SettlementService } from '../../../src/billing/settlement/settle/settlement.service.js';
import { PlanAdministration } from '../../../src/billing/catalog/plans/plan-administration.service.js';
import { PlansService } from '../../../src/billing/catalog/plans/plans.service.js';
import { RefundLedger } from '../../../src/billing/settlement/refunds/refund-ledger.js';
import { RefundOutcomes } from '../../../src/billing/settlement/refunds/refund-outcomes.js';
import { RefundRequests } from '../../../src/billing/settlement/refunds/refund-requests.js';
import { RefundsService } from '../../../src/billing/settlement/refunds/refunds.service.js';
import { PeriodRefunds } from '../../../src/billing/ledger/subscriptions/period-refunds.js';
import { SubscriptionLifecycle } from '../../../src/billing/ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../../src/billing/ledger/subscriptions/subscription-progress.js';
import { SubscriptionPurchase } from '../../../src/billing/sales/purchase/subscription-purchase.js';
import { SubscriptionsService } from '../../../src/billing/ledger/subscriptions/subscriptions.service.js';
import { TopupPacks } from '../../../src/billing/catalog/topup-packs/topup-packs.service.js';
import { TopupPurchase } from '../../../src/billing/sales/topups/topup-purchase.js';
import { TopupsService } from '../../../src/billing/sales/topups/topups.service.js';
import { Trials } from '../../../src/billing/sales/trials/trials.service.js';
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
  OrderPlacement,
  OrderLimits,
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
  RefundRequests,
  PlanSwitch,
  ChangeFulfilment,
  ChangeOffers,
  MadeChanges,
  ChangesService,
  Cancellation,
  DueChecks,
  Janitor,
];
