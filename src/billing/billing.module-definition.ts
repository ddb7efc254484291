import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { BILLING_OPTIONS, type BillingOptions } from './options/billing-options.js';
import { AgreementsController } from './sales/agreements/agreements.controller.js';
import { ChangesController } from './sales/changes/changes.controller.js';
import { AdminPaymentsController } from './settlement/payments/admin-payments.controller.js';
import { AdminFapiaoController } from './documents/fapiao/admin-fapiao.controller.js';
import { FapiaoController } from './documents/fapiao/fapiao.controller.js';
import { AdminCouponsController } from './catalog/coupons/admin-coupons.controller.js';
import { PaymentHistoryController } from './settlement/payments/payment-history.controller.js';
import { PaymentsController } from './settlement/payments/payments.controller.js';
import { AdminPlansController } from './catalog/plans/admin-plans.controller.js';
import { PlansController } from './catalog/plans/plans.controller.js';
import { ReconciliationsController } from './settlement/reconciliation/reconciliations.controller.js';
import { ReceiptsController } from './documents/receipts/receipts.controller.js';
import { RefundsController } from './settlement/payments/refunds.controller.js';
import { SubscriptionsController } from './sales/purchase/subscriptions.controller.js';
import { AdminTopupsController } from './catalog/topup-packs/admin-topups.controller.js';
import { TopupsController } from './sales/topups/topups.controller.js';
import { WebhooksController } from './settlement/notifications/webhooks.controller.js';

const CONTROLLERS = selfContained([
  PlansController,
  AdminPlansController,
  AdminCouponsController,
  TopupsController,
  AdminTopupsController,
  SubscriptionsController,
  ChangesController,
  AgreementsController,
  PaymentsController,
  PaymentHistoryController,
  AdminPaymentsController,
  RefundsController,
  ReceiptsController,
  FapiaoController,
  AdminFapiaoController,
  ReconciliationsController,
  WebhooksController,
]);

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<BillingOptions>({
  optionsInjectionToken: BILLING_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras({ isGlobal: false, routes: true }, (definition, { isGlobal, routes }) => ({
    ...definition,
    global: isGlobal,
    controllers: routes ? CONTROLLERS : [],
  }))
  .build();
