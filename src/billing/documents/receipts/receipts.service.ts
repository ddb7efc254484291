import { Inject, Injectable } from '@nestjs/common';
import { In, type DataSource } from 'typeorm';
import { personOf } from '../../../auth/identity/customers/person-of.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { PaymentsService, type PaymentScope } from '../../settlement/payments/payments.service.js';
import { PaymentRefund } from '../../ledger/records/payment-refund.entity.js';
import { receiptOf, type Receipt } from './receipt.js';

/** Made anew each time from the books, so it tells of every refund so far. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly payments: PaymentsService,
  ) {}

  /** @throws Problem NOT_FOUND, for another account's payment as well; PAYMENT_NOT_PAID */
  async of(scope: PaymentScope, orderId: string): Promise<Receipt> {
    const payment = await this.payments.get(scope, orderId);
    const { paidAt, status } = payment;
    if (!paidAt) throw new Problem('PAYMENT_NOT_PAID', { params: { status } });
    const { manager } = this.dataSource;
    const buyer = await personOf(manager, payment.userId);
    const refunds = await manager.find(PaymentRefund, {
      where: { paymentId: payment.id, status: In(['succeeded', 'pending']) },
      order: { settledAt: 'ASC', id: 'ASC' },
    });
    return receiptOf({ ...payment, paidAt }, buyer, refunds, this.options.sellerName ?? null);
  }
}
