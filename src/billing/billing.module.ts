import { Module } from '@nestjs/common';
import { dataSourceOf } from '../database/connection-errors.js';
import { DueWork } from '../jobs/due-work.js';
import { JobQueue } from '../jobs/job-queue.js';
import { JOBS_OPTIONS } from '../jobs/jobs-options.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { PaymentProviderRegistry } from '../providers/payment-provider-registry.js';
import { Clock } from '../time/clock.js';
import { AgreementChannels } from './sales/agreements/agreement-channels.js';
import { AgreementInquiry } from './sales/agreements/agreement-inquiry.js';
import { AgreementJobs } from './sales/agreements/agreement-jobs.js';
import { AgreementNotices } from './sales/agreements/agreement-notices.js';
import { AgreementSync } from './sales/agreements/agreement-sync.js';
import { AgreementPersonalData } from './sales/agreements/agreement-personal-data.js';
import { AgreementSettlement } from './sales/agreements/agreement-settlement.js';
import { AgreementsService } from './sales/agreements/agreements.service.js';
import { RenewalCharges } from './sales/agreements/renewal-charges.js';
import { RenewalForecast } from './sales/agreements/renewal-forecast.js';
import { RenewalOrders } from './sales/agreements/renewal-orders.js';
import { AgreementNoticeHandlers } from './settlement/notifications/agreement-notice-handler.js';
import { BillingListeners } from './ledger/listeners/billing-listeners.js';
import { BILLING_OPTIONS, type BillingOptions } from './options/billing-options.js';
import { ConfigurableModuleClass } from './billing.module-definition.js';
import { Cancellation } from './sales/changes/cancellation.service.js';
import { ChangeFulfilment } from './sales/changes/change-fulfilment.js';
import { ChangeOffers } from './sales/changes/change-offer.js';
import { ChangesService } from './sales/changes/changes.service.js';
import { MadeChanges } from './sales/changes/made-changes.js';
import { PlanSwitch } from './sales/changes/plan-switch.js';
import { CheckQueue } from './ledger/orders/check-queue.js';
import { DueChecks } from './settlement/polling/due-checks.js';
import { CheckMetrics } from './ledger/orders/check-metrics.js';
import { JanitorJobs } from './settlement/polling/janitor-jobs.js';
import { Janitor } from './settlement/polling/janitor.service.js';
import { CheckoutService } from './sales/purchase/checkout.service.js';
import { OrderPlacement } from './sales/purchase/order-placement.js';
import { OrderLimits } from './sales/purchase/order-limits.js';
import { OrderReplacement } from './sales/purchase/order-replacement.js';
import { FreePlanOnRegister } from './sales/purchase/free-plan-on-register.js';
import { FapiaoList } from './documents/fapiao/fapiao-list.js';
import { FapiaoRequests } from './documents/fapiao/fapiao-requests.js';
import { CouponAdministration } from './catalog/coupons/coupon-administration.service.js';
import { Coupons } from './ledger/redemptions/coupons.service.js';
import { Fulfilment } from './settlement/settle/fulfilment.service.js';
import { OrderFulfilments } from './ledger/orders/order-fulfilment.js';
import { PaymentHistory } from './ledger/orders/payment-history.js';
import { PaymentInquiry } from './settlement/settle/payment-inquiry.js';
import { SettlementService } from './settlement/settle/settlement.service.js';
import { PaymentsService } from './settlement/payments/payments.service.js';
import { DeclaredPlans } from './catalog/plans/declared-plans.service.js';
import { PlanAdministration } from './catalog/plans/plan-administration.service.js';
import { PlansService } from './catalog/plans/plans.service.js';
import { BillingPersonalData } from './privacy/billing-personal-data.js';
import { Receipts } from './documents/receipts/receipts.service.js';
import { ReconciliationJob } from './settlement/reconciliation/reconciliation-job.js';
import { ReconciliationRepair } from './settlement/reconciliation/reconciliation-repair.js';
import { ReconciliationService } from './settlement/reconciliation/reconciliation.service.js';
import { RefundLedger } from './settlement/refunds/refund-ledger.js';
import { RefundNotices } from './settlement/notifications/refund-notices.js';
import { RefundOutcomes } from './settlement/refunds/refund-outcomes.js';
import { RefundPreviewService } from './settlement/payments/refund-preview.service.js';
import { ChannelKeyChecks } from './settlement/channels/channel-key-checks.js';
import { ChannelKeyFaults } from './settlement/channels/channel-key-faults.js';
import { RefundRequests } from './settlement/refunds/refund-requests.js';
import { RefundsService } from './settlement/refunds/refunds.service.js';
import { PeriodRefunds } from './ledger/subscriptions/period-refunds.js';
import { SubscriptionDue } from './ledger/subscriptions/subscription-due.js';
import { SubscriptionLifecycle } from './ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from './ledger/subscriptions/subscription-progress.js';
import { SubscriptionPurchase } from './sales/purchase/subscription-purchase.js';
import { SubscriptionsService } from './ledger/subscriptions/subscriptions.service.js';
import { TopupPacks } from './catalog/topup-packs/topup-packs.service.js';
import { TopupPurchase } from './sales/topups/topup-purchase.js';
import { TopupsService } from './sales/topups/topups.service.js';
import { Trials } from './sales/trials/trials.service.js';
import { WebhooksService } from './settlement/notifications/webhooks.service.js';

/** Plans, subscriptions and payments. Needs an AuthModule among its imports or globally. */
@Module({
  providers: [
    dataSourceOf(BILLING_OPTIONS),
    { provide: Clock, inject: [BILLING_OPTIONS], useFactory: (o: BillingOptions) => o.clock },
    {
      provide: PaymentProviderRegistry,
      inject: [BILLING_OPTIONS, ChannelKeyFaults],
      useFactory: (o: BillingOptions, faults: ChannelKeyFaults) =>
        new PaymentProviderRegistry(o.providers, (name, reason) => faults.found(name, 'answer', reason)),
    },
    ChannelKeyFaults,
    ChannelKeyChecks,
    {
      provide: JOBS_OPTIONS,
      inject: [BILLING_OPTIONS],
      useFactory: ({ jobs = false }: BillingOptions) => ({ work: jobs }),
    },
    JobQueue,
    DueWork,
    CheckQueue,
    DueChecks,
    Janitor,
    JanitorJobs,
    CheckMetrics,
    BillingListeners,
    IdempotencyService,
    PlansService,
    PlanAdministration,
    DeclaredPlans,
    Coupons,
    CouponAdministration,
    SubscriptionLifecycle,
    SubscriptionProgress,
    SubscriptionDue,
    SubscriptionsService,
    PaymentHistory,
    OrderFulfilments,
    RefundOutcomes,
    RefundLedger,
    RefundsService,
    RefundRequests,
    RefundPreviewService,
    Fulfilment,
    PeriodRefunds,
    SubscriptionPurchase,
    SettlementService,
    PaymentInquiry,
    RefundNotices,
    ReconciliationRepair,
    ReconciliationService,
    ReconciliationJob,
    PaymentsService,
    OrderPlacement,
    OrderLimits,
    OrderReplacement,
    CheckoutService,
    Trials,
    TopupPacks,
    TopupPurchase,
    TopupsService,
    PlanSwitch,
    ChangeFulfilment,
    ChangeOffers,
    MadeChanges,
    ChangesService,
    Cancellation,
    AgreementChannels,
    AgreementSettlement,
    AgreementInquiry,
    AgreementNoticeHandlers,
    AgreementNotices,
    AgreementsService,
    RenewalForecast,
    RenewalOrders,
    RenewalCharges,
    AgreementSync,
    AgreementJobs,
    AgreementPersonalData,
    FreePlanOnRegister,
    BillingPersonalData,
    WebhooksService,
    Receipts,
    FapiaoRequests,
    FapiaoList,
  ],
  exports: [
    ChannelKeyChecks,
    BillingListeners,
    RenewalForecast,
    OrderPlacement,
    OrderFulfilments,
    SubscriptionLifecycle,
    SubscriptionProgress,
    SubscriptionDue,
    PlansService,
    DeclaredPlans,
    SubscriptionsService,
    PaymentsService,
    PaymentProviderRegistry,
    JobQueue,
    DueWork,
    Janitor,
    ReconciliationService,
  ],
})
export class BillingModule extends ConfigurableModuleClass {}
