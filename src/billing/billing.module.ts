import { Module } from '@nestjs/common';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { DueWork } from '../jobs/due-work.js';
import { JobQueue } from '../jobs/job-queue.js';
import { JOBS_OPTIONS } from '../jobs/jobs-options.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { PaymentProviderRegistry } from '../providers/payment-provider-registry.js';
import { Clock } from '../time/clock.js';
import { AgreementChannels } from './agreements/agreement-channels.js';
import { AgreementInquiry } from './agreements/agreement-inquiry.js';
import { AgreementJobs } from './agreements/agreement-jobs.js';
import { AgreementNotices } from './agreements/agreement-notices.js';
import { AgreementOccasions } from './agreements/agreement-occasions.js';
import { AgreementPersonalData } from './agreements/agreement-personal-data.js';
import { AgreementSettlement } from './agreements/agreement-settlement.js';
import { AgreementsService } from './agreements/agreements.service.js';
import { RenewalCharges } from './agreements/renewal-charges.js';
import { RenewalForecast } from './agreements/renewal-forecast.js';
import { RenewalOrders } from './agreements/renewal-orders.js';
import { BillingListeners } from './billing-listeners.js';
import { BILLING_OPTIONS, type BillingOptions } from './billing-options.js';
import { ConfigurableModuleClass } from './billing.module-definition.js';
import { Cancellation } from './changes/cancellation.service.js';
import { ChangeFulfilment } from './changes/change-fulfilment.js';
import { ChangeOffers } from './changes/change-offer.js';
import { ChangesService } from './changes/changes.service.js';
import { MadeChanges } from './changes/made-changes.js';
import { PlanSwitch } from './changes/plan-switch.js';
import { CheckQueue } from './checks/check-queue.js';
import { DueChecks } from './checks/due-checks.js';
import { CheckMetrics } from './checks/check-metrics.js';
import { JanitorJobs } from './checks/janitor-jobs.js';
import { Janitor } from './checks/janitor.service.js';
import { CheckoutService } from './checkout/checkout.service.js';
import { OrderDesk } from './checkout/order-desk.js';
import { OrderReplacement } from './checkout/order-replacement.js';
import { FreePlanOnRegister } from './checkout/free-plan-on-register.js';
import { FapiaoList } from './fapiao/fapiao-list.js';
import { FapiaoRequests } from './fapiao/fapiao-requests.js';
import { CouponAdministration } from './coupons/coupon-administration.service.js';
import { Coupons } from './coupons/coupons.service.js';
import { Fulfilment } from './payments/fulfilment.service.js';
import { OrderFulfilments } from './payments/order-fulfilment.js';
import { PaymentHistory } from './payments/payment-history.js';
import { PaymentInquiry } from './payments/payment-inquiry.js';
import { SettlementService } from './payments/settlement.service.js';
import { PaymentsService } from './payments/payments.service.js';
import { PlanAdministration } from './plans/plan-administration.service.js';
import { PlansService } from './plans/plans.service.js';
import { BillingPersonalData } from './privacy/billing-personal-data.js';
import { Receipts } from './receipts/receipts.service.js';
import { ReconciliationJob } from './reconciliation/reconciliation-job.js';
import { ReconciliationRepair } from './reconciliation/reconciliation-repair.js';
import { ReconciliationService } from './reconciliation/reconciliation.service.js';
import { RefundLedger } from './refunds/refund-ledger.js';
import { RefundNotices } from './refunds/refund-notices.js';
import { RefundOutcomes } from './refunds/refund-outcomes.js';
import { RefundPreviewService } from './refunds/refund-preview.service.js';
import { RefundsService } from './refunds/refunds.service.js';
import { PeriodRefunds } from './subscriptions/period-refunds.js';
import { SubscriptionDue } from './subscriptions/subscription-due.js';
import { SubscriptionLifecycle } from './subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from './subscriptions/subscription-progress.js';
import { SubscriptionPurchase } from './subscriptions/subscription-purchase.js';
import { SubscriptionsService } from './subscriptions/subscriptions.service.js';
import { TopupPacks } from './topups/topup-packs.service.js';
import { TopupPurchase } from './topups/topup-purchase.js';
import { TopupsService } from './topups/topups.service.js';
import { Trials } from './trials/trials.service.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

/** Plans, subscriptions and payments. Needs an AuthModule among its imports or globally. */
@Module({
  providers: [
    {
      provide: COMMERCIAL_DATA_SOURCE,
      inject: [BILLING_OPTIONS],
      useFactory: (o: BillingOptions) => o.dataSource,
    },
    { provide: Clock, inject: [BILLING_OPTIONS], useFactory: (o: BillingOptions) => o.clock },
    {
      provide: PaymentProviderRegistry,
      inject: [BILLING_OPTIONS],
      useFactory: (o: BillingOptions) => new PaymentProviderRegistry(o.providers),
    },
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
    OrderDesk,
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
    AgreementNotices,
    AgreementsService,
    RenewalForecast,
    RenewalOrders,
    RenewalCharges,
    AgreementOccasions,
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
    BillingListeners,
    RenewalForecast,
    OrderDesk,
    OrderFulfilments,
    SubscriptionLifecycle,
    SubscriptionProgress,
    SubscriptionDue,
    PlansService,
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
