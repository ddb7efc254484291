import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { BILLING_OPTIONS, type BillingOptions } from './billing-options.js';
import { AgreementsController } from './agreements/agreements.controller.js';
import { ChangesController } from './changes/changes.controller.js';
import { AdminPaymentsController } from './payments/admin-payments.controller.js';
import { AdminFapiaoController } from './fapiao/admin-fapiao.controller.js';
import { FapiaoController } from './fapiao/fapiao.controller.js';
import { AdminCouponsController } from './coupons/admin-coupons.controller.js';
import { PaymentHistoryController } from './payments/payment-history.controller.js';
import { PaymentsController } from './payments/payments.controller.js';
import { AdminPlansController } from './plans/admin-plans.controller.js';
import { PlansController } from './plans/plans.controller.js';
import { ReconciliationsController } from './reconciliation/reconciliations.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { AdminTopupsController } from './topups/admin-topups.controller.js';
import { TopupsController } from './topups/topups.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

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
